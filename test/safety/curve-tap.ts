import type { Transferable, Worker } from 'node:worker_threads';
import { unpackJobs, unpackResults } from '../../src/auth/curve-workers/protocol/batch-codec.js';
import type { CurveJob, CurveResult } from '../../src/auth/curve-workers/protocol/curve-job.js';
import type { BatchQuestion, WorkerMessage } from '../../src/auth/curve-workers/protocol/worker-messages.js';
import { watchWorkers } from '../auth/curve-workers/new-workers.js';
import type { TestServer } from '../support/test-server.js';

/** What goes between a server of this process and its curve workers, which can be held up on the way. */
export interface CurveTap {
  /** Every batch that was handed over, and every answer. */
  readonly questions: readonly { readonly jobs: readonly CurveJob[] }[];
  readonly answers: readonly { readonly results: readonly CurveResult[] }[];
  readonly workers: readonly Worker[];
  /** From now on batches do not reach their worker. */
  readonly hold: () => void;
  /** Lets all that is held go its way. */
  readonly release: () => void;
  /** The worker that gets the next batch dies while it works on it. */
  readonly killAtNext: () => void;
  /** Lets all that is held go, and taps no worker that is started later: other tests of this process have their own. */
  readonly close: () => void;
}

/** Taps every worker that is started from now on: call it before the server starts. */
export function tapCurveWorkers(): CurveTap {
  const questions: { readonly jobs: readonly CurveJob[] }[] = [];
  const answers: { readonly results: readonly CurveResult[] }[] = [];
  const held: (() => void)[] = [];
  let [isHolding, isKilling] = [false, false];
  const workers: Worker[] = [];
  const { stopWatching } = watchWorkers((worker) => {
    worker.on('message', (message: WorkerMessage) => {
      if (message.kind === 'answer') answers.push({ results: unpackResults(message.packedResults) });
    });
    const post = worker.postMessage.bind(worker);
    // The thread that makes keys says something else at its start.
    worker.once('message', ({ kind }: WorkerMessage) => {
      if (kind === 'ready') workers.push(worker);
    });
    worker.postMessage = (question: BatchQuestion, transferList: Transferable[]) => {
      if (!('packedJobs' in question)) {
        post(question, transferList);
        return;
      }
      // From a copy: the worker gets the bytes themselves.
      questions.push({ jobs: unpackJobs(question.packedJobs.slice()) });
      const send = (): void => {
        post(question, transferList);
        if (isKilling) void worker.terminate();
        isKilling = false;
      };
      if (isHolding) held.push(send);
      else send();
    };
  });
  const release = (): void => {
    isHolding = false;
    for (const send of held.splice(0)) send();
  };
  return {
    questions,
    answers,
    workers,
    hold: () => (isHolding = true),
    release,
    killAtNext: () => (isKilling = true),
    close: () => {
      stopWatching();
      release();
    },
  };
}

/** A metric without labels, as `/metrics` shows it. */
export async function metricOf(server: TestServer, name: string): Promise<number> {
  const { status, text } = await server.anonymous().get('/metrics');
  if (status !== 200) throw new Error(`/metrics answered ${status}`);
  const [, value] = new RegExp(`^${name} (\\S+)$`, 'm').exec(text) ?? [];
  return Number(value);
}

/** Resolves when so many signing jobs wait for a worker. */
export async function untilWaiting(server: TestServer, jobs: number): Promise<void> {
  while ((await metricOf(server, 'kms_signing_queue_depth')) !== jobs);
}

/** Resolves when so many batches have been handed over, or are held on their way. */
export async function untilHandedOver(server: TestServer, tap: CurveTap, batches: number): Promise<void> {
  while (tap.questions.length < batches) await metricOf(server, 'kms_signing_queue_depth');
}
