import type { ClientKeyCounters } from '../../../crypto/mcl/batch/batch-co-signer.js';
import type { KeyRing } from '../../../crypto/sealing/data-key.js';
import { JobThread } from '../../../engine/job-thread.js';
import { packJobs, unpackResults } from '../protocol/batch-codec.js';
import type { CurveJob, CurveResult } from '../protocol/curve-job.js';
import type { BatchQuestion, RingMessage, WorkerMessage, WorkerSetUp } from '../protocol/worker-messages.js';

/** What a worker answered to a batch. */
export interface DoneBatch {
  readonly results: readonly CurveResult[];
  /** How long the arithmetic took. */
  readonly milliseconds: number;
  /** Since the worker's start. */
  readonly clientKeys: ClientKeyCounters | undefined;
}

/** One worker thread, which does one batch at a time. */
export class CurveThread extends JobThread<WorkerMessage, DoneBatch> {
  /** @param startMs how long it may take to become ready; then it is ended */
  constructor(file: URL, setUp: WorkerSetUp, startMs: number) {
    super({ name: 'a curve worker', file, workerData: setUp, startMs });
  }

  /** Rejects when the worker dies before it has answered. It is ended if it has not answered in `patienceMs`. */
  perform(jobs: readonly CurveJob[], patienceMs: number): Promise<DoneBatch> {
    const packedJobs = packJobs(jobs);
    return this.ask((id): BatchQuestion => ({ id, packedJobs }), [packedJobs.buffer], patienceMs);
  }

  takeRing(keyRing: KeyRing): void {
    this.tell({ keyRing } satisfies RingMessage);
  }

  /** Throws when the results cannot be read. */
  protected override readAnswer(message: WorkerMessage, id: number): DoneBatch | undefined {
    if (message.kind !== 'answer' || message.id !== id) return undefined;
    const { packedResults, milliseconds, clientKeys } = message;
    return { results: unpackResults(packedResults), milliseconds, clientKeys };
  }
}
