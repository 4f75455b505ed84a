import { Worker } from 'node:worker_threads';
import type { ClientKeyCounters } from '../../../crypto/mcl/batch/batch-co-signer.js';
import { packJobs, unpackResults } from '../protocol/batch-codec.js';
import type { CurveJob, CurveResult } from '../protocol/curve-job.js';
import type { BatchAnswer, BatchQuestion, WorkerMessage, WorkerSetUp } from '../protocol/worker-messages.js';

/** What a worker answered to a batch. */
export interface DoneBatch {
  readonly results: readonly CurveResult[];
  /** How long the arithmetic took. */
  readonly milliseconds: number;
  /** Since the worker's start. */
  readonly clientKeys: ClientKeyCounters | undefined;
}

interface OpenBatch {
  readonly id: number;
  readonly alarm: NodeJS.Timeout;
  readonly resolve: (done: DoneBatch) => void;
  readonly reject: (reason: Error) => void;
}

/** One worker thread, which does one batch at a time. */
export class CurveThread {
  /** Resolves when the worker has passed its self-tests; rejects when it ends before that. */
  readonly ready: Promise<void>;
  /** Resolves when the thread is gone. */
  readonly gone: Promise<void>;
  readonly #worker: Worker;
  #state: 'starting' | 'ready' | 'dead' = 'starting';
  #batch: OpenBatch | undefined;
  #lastId = 0;

  /** @param patienceMs how long it may take to become ready; then it is ended */
  constructor(file: URL, setUp: WorkerSetUp, patienceMs: number) {
    const worker = new Worker(file, { workerData: setUp, env: {} });
    const alarm = this.#endIn(patienceMs);
    this.#worker = worker;
    this.gone = new Promise((resolve) => {
      worker.once('exit', () => {
        clearTimeout(alarm);
        resolve();
      });
    });
    this.ready = new Promise((resolve, reject) => {
      worker.on('message', (message: WorkerMessage) => {
        if (message.kind === 'answer') this.#answered(message);
        else if (this.#state === 'starting') {
          clearTimeout(alarm);
          this.#state = 'ready';
          resolve();
        }
      });
      worker.once('error', (error) => {
        reject(error);
        this.#died();
      });
      worker.once('exit', (code) => {
        reject(new Error(`a curve worker ended with ${code}`));
        this.#died();
      });
    });
  }

  /** Whether it could do a batch, now or after the one that it does. */
  get isReady(): boolean {
    return this.#state === 'ready';
  }

  get isFree(): boolean {
    return this.isReady && this.#batch === undefined;
  }

  /**
   * Rejects when the worker dies before it has answered. It is ended if it has not answered in `patienceMs`: nothing
   * else stops a thread that hangs.
   */
  perform(jobs: readonly CurveJob[], patienceMs: number): Promise<DoneBatch> {
    if (!this.isFree) return Promise.reject(new Error('a curve worker does one batch at a time'));
    return new Promise((resolve, reject) => {
      const question: BatchQuestion = { id: ++this.#lastId, packedJobs: packJobs(jobs) };
      this.#worker.postMessage(question, [question.packedJobs.buffer]);
      this.#batch = { id: question.id, alarm: this.#endIn(patienceMs), resolve, reject };
    });
  }

  /** Ends the thread, whatever it does. */
  async end(): Promise<void> {
    await this.#worker.terminate();
  }

  #endIn(milliseconds: number): NodeJS.Timeout {
    return setTimeout(() => void this.#worker.terminate(), milliseconds).unref();
  }

  #answered({ id, packedResults, milliseconds, clientKeys }: BatchAnswer): void {
    const batch = this.#batch;
    if (batch?.id !== id) return;
    let results: CurveResult[];
    try {
      results = unpackResults(packedResults);
    } catch {
      // Whatever it computes cannot be relied on any more. Its end rejects the batch.
      void this.#worker.terminate();
      return;
    }
    this.#batch = undefined;
    clearTimeout(batch.alarm);
    batch.resolve({ results, milliseconds, clientKeys });
  }

  #died(): void {
    this.#state = 'dead';
    const batch = this.#batch;
    if (batch === undefined) return;
    this.#batch = undefined;
    clearTimeout(batch.alarm);
    batch.reject(new Error('a curve worker died'));
  }
}
