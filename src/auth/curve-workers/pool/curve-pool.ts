import { DomainError } from '../../../errors/domain-error.js';
import { ClientKeyTally } from './client-key-tally.js';
import type { KeyRing } from '../../../crypto/sealing/data-key.js';
import type { CurveJob, CurveResult } from '../protocol/curve-job.js';
import { CurveThread } from './curve-thread.js';
import { JobQueue } from './job-queue.js';
import type { QueuedJob } from './job-queue.js';
import { OVERLOADED } from './overloaded.js';
import type { PoolObserver } from './pool-observer.js';
import { Suspects } from './suspects.js';
import type { WorkerSetUp } from '../protocol/worker-messages.js';
import { WORKER_PATIENCE } from './worker-patience.js';
import type { WorkerPatience } from './worker-patience.js';

export interface CurvePoolOptions extends WorkerSetUp {
  /** The compiled worker. */
  readonly workerFile: URL;
  readonly workers: number;
  /** Jobs that may wait; beyond it they are refused at once. */
  readonly queueMax: number;
  readonly observer: PoolObserver;
  readonly patience?: WorkerPatience;
}

/**
 * A worker pool: threads that do the curve arithmetic of signing, so that the HTTP thread never does. Batches come
 * about by themselves (adaptive batching): a free worker takes whatever waits, and a job that finds a free worker waits
 * for nothing.
 */
export class CurvePool {
  #options: CurvePoolOptions;
  readonly #patience: WorkerPatience;
  readonly #suspects = new Suspects();
  readonly #queue: JobQueue;
  readonly #clientKeys: ClientKeyTally;
  /** Those that live, the starting ones included. */
  readonly #threads = new Set<CurveThread>();
  readonly #underWay = new Set<Promise<void>>();
  #isClosed = false;

  private constructor(options: CurvePoolOptions) {
    this.#options = options;
    this.#patience = options.patience ?? WORKER_PATIENCE;
    this.#queue = new JobQueue(options.queueMax, options.batchMax, this.#suspects);
    this.#clientKeys = new ClientKeyTally(options.observer);
  }

  /** Resolves when every worker has passed its self-tests; rejects, with none left, when one cannot start. */
  static async start(options: CurvePoolOptions): Promise<CurvePool> {
    const pool = new CurvePool(options);
    const starts = Array.from({ length: options.workers }, () => pool.#startThread());
    try {
      await Promise.all(starts);
    } catch (error) {
      await pool.close();
      await Promise.allSettled(starts);
      throw error;
    }
    return pool;
  }

  /**
   * The job's result. Rejects with `SIGNING.OVERLOADED` when too many wait, and with `SIGNING.INTERRUPTED` when its
   * worker died: then nothing is known of the job, and nothing was released.
   *
   * @param party who takes turns with others where many wait
   */
  run(job: CurveJob, party = ''): Promise<CurveResult> {
    if (this.#isClosed) return Promise.reject(interrupted());
    if (this.#queue.isFull) return Promise.reject(OVERLOADED);
    return new Promise((resolve, reject) => {
      this.#queue.add({ job, party, queuedAtMs: performance.now(), resolve, reject });
      this.#options.observer.queueDepth(this.#queue.length);
      this.#dispatch();
    });
  }

  /**
   * Has every worker open with another ring, those that start later too. A job that is given to one afterwards finds it
   * there: a thread takes its messages in their order.
   */
  takeRing(keyRing: KeyRing): void {
    this.#options = { ...this.#options, keyRing };
    for (const thread of this.#threads) thread.takeRing(keyRing);
  }

  /** Whether anybody would do a job, now or after the one that is being done. */
  get hasReadyWorker(): boolean {
    return !this.#isClosed && [...this.#threads].some((thread) => thread.isReady);
  }

  /** Rejects what waits, lets the batches under way be answered, and ends the workers. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#rejectWaiting();
    let alarm: NodeJS.Timeout | undefined;
    const tooLong = new Promise((resolve) => (alarm = setTimeout(resolve, this.#patience.close)));
    await Promise.race([Promise.all(this.#underWay), tooLong]);
    clearTimeout(alarm);
    await Promise.all([...this.#threads].map((thread) => thread.end()));
    await Promise.all(this.#underWay);
  }

  #dispatch(): void {
    for (const thread of this.#threads) {
      if (this.#queue.length === 0) return;
      if (thread.isFree) this.#give(thread, this.#queue.takeBatch());
    }
  }

  #give(thread: CurveThread, batch: readonly QueuedJob[]): void {
    const { observer } = this.#options;
    const now = performance.now();
    observer.batchTaken(
      batch.length,
      batch.map(({ queuedAtMs }) => (now - queuedAtMs) / 1000),
    );
    observer.queueDepth(this.#queue.length);
    const patience = this.#patience.batch + this.#patience.job * batch.length;
    const jobs = batch.map(({ job }) => job);
    const done = thread.perform(jobs, patience).then(
      ({ results, milliseconds, clientKeys }) => {
        observer.batchDone(milliseconds / 1000);
        // The worker is free before anybody is answered: it should not wait for what the answers lead to.
        this.#dispatch();
        for (const [position, queued] of batch.entries()) this.#settle(queued, results[position]);
        if (clientKeys !== undefined) this.#clientKeys.answered(thread, clientKeys);
      },
      () => {
        for (const { reject } of batch) reject(interrupted());
      },
    );
    this.#underWay.add(done);
    void done.finally(() => this.#underWay.delete(done));
  }

  #settle({ job, resolve, reject }: QueuedJob, result: CurveResult | undefined): void {
    if (result === undefined) {
      reject(interrupted());
      return;
    }
    this.#suspects.observe(job, result);
    resolve(result);
  }

  async #startThread(): Promise<void> {
    const { workerFile, engine, keyRing, batchMax, observer } = this.#options;
    const thread = new CurveThread(workerFile, { engine, keyRing, batchMax }, this.#patience.start);
    this.#threads.add(thread);
    void thread.gone.then(() => {
      this.#threads.delete(thread);
      this.#clientKeys.gone(thread);
    });
    await thread.ready;
    void thread.gone.then(() => {
      if (this.#isClosed) return;
      observer.workerDied();
      this.#replace();
    });
    this.#dispatch();
  }

  #replace(): void {
    if (this.#isClosed) return;
    this.#startThread().catch(() => {
      // Whoever waits should not wait for a machine that may never be mended.
      if (!this.hasReadyWorker) this.#rejectWaiting();
      setTimeout(() => {
        this.#replace();
      }, this.#patience.retry).unref();
    });
  }

  #rejectWaiting(): void {
    for (const { reject } of this.#queue.takeAll()) reject(interrupted());
    this.#options.observer.queueDepth(0);
  }
}

function interrupted(): DomainError {
  return new DomainError('SIGNING.INTERRUPTED', 'the signing worker was interrupted; nothing was signed, try again');
}
