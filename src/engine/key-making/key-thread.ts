import { Worker } from 'node:worker_threads';
import type { BlsEngineName } from '../../crypto/bls0chain/bls-engine.js';
import { buffersIn } from './key-job.js';
import type { KeyAnswer, KeyJob, KeyQuestion, KeyThreadMessage } from './key-job.js';

/** Far beyond what an honest thread needs for its start, or for a job. Milliseconds. */
const PATIENCE = { start: 60_000, job: 10_000 } as const;

interface OpenJob {
  readonly id: number;
  readonly alarm: NodeJS.Timeout;
  readonly resolve: (answer: KeyAnswer) => void;
  readonly reject: (reason: Error) => void;
}

/**
 * The compiled worker. Node 20 cannot load TypeScript in a worker thread, so where the sources themselves run, in the
 * tests, it is the build's.
 */
function keyWorkerFile(): URL {
  const here = import.meta.url;
  const compiled = here.endsWith('.ts') ? here.replace('/src/engine/', '/dist/engine/') : here;
  return new URL('./key-worker.js', compiled);
}

/** One worker thread that makes keys, one job at a time. */
export class KeyThread {
  /** Resolves when the engine has given its known answers; rejects when the thread ends before that. */
  readonly ready: Promise<void>;
  readonly #worker: Worker;
  #job: OpenJob | undefined;
  #lastId = 0;
  #isGone = false;

  constructor(engine: BlsEngineName) {
    const worker = new Worker(keyWorkerFile(), { workerData: engine, env: {} });
    this.#worker = worker;
    const alarm = this.#endIn(PATIENCE.start);
    worker.once('exit', () => {
      clearTimeout(alarm);
      this.#died();
    });
    this.ready = new Promise((resolve, reject) => {
      worker.on('message', (message: KeyThreadMessage) => {
        if (message.kind === 'made') this.#answered(message.id, message.answer);
        else {
          clearTimeout(alarm);
          resolve();
        }
      });
      // Followed by the thread's end.
      worker.once('error', reject);
      worker.once('exit', (code) => {
        reject(new Error(`the thread that makes keys ended with ${code}`));
      });
    });
  }

  /** Whether it will never answer again. */
  get isGone(): boolean {
    return this.#isGone;
  }

  /** Moves the job's bytes to the thread. Rejects when the thread dies before it has answered. */
  perform(job: KeyJob): Promise<KeyAnswer> {
    if (this.#isGone) return Promise.reject(new Error('the thread that makes keys is gone'));
    if (this.#job !== undefined) return Promise.reject(new Error('keys are made one at a time'));
    return new Promise((resolve, reject) => {
      const question: KeyQuestion = { id: ++this.#lastId, job };
      this.#job = { id: question.id, alarm: this.#endIn(PATIENCE.job), resolve, reject };
      this.#worker.postMessage(question, buffersIn(job));
    });
  }

  /** Ends the thread, whatever it does. */
  async end(): Promise<void> {
    await this.#worker.terminate();
  }

  #endIn(milliseconds: number): NodeJS.Timeout {
    return setTimeout(() => void this.#worker.terminate(), milliseconds).unref();
  }

  #answered(id: number, answer: KeyAnswer): void {
    const job = this.#job;
    if (job?.id !== id) return;
    this.#job = undefined;
    clearTimeout(job.alarm);
    job.resolve(answer);
  }

  #died(): void {
    this.#isGone = true;
    const job = this.#job;
    this.#job = undefined;
    if (job === undefined) return;
    clearTimeout(job.alarm);
    job.reject(new Error('the thread that makes keys died'));
  }
}
