import type { BlsEngineName } from '../../crypto/bls0chain/bls-engine.js';
import { TurnQueue } from '../../fairness/turn-queue.js';
import { DomainError } from '../../errors/domain-error.js';
import { WRITES_OVERLOADED } from '../../errors/writes-overloaded.js';
import { buffersIn } from './key-job.js';
import type { KeyAnswer, KeyJob } from './key-job.js';
import { KeyThread } from './key-thread.js';

interface WaitingJob {
  readonly job: KeyJob;
  readonly resolve: (answer: KeyAnswer) => void;
  readonly reject: (reason: Error) => void;
}

/** The jobs that wait for the thread that makes keys, in a bounded queue in which users take turns; and the thread. */
export class KeyJobs {
  readonly #engine: BlsEngineName;
  readonly #waiting: TurnQueue<WaitingJob>;
  #thread: KeyThread | undefined;
  /** From a job's start until the next may be taken. */
  #isBusy = false;
  #isClosed = false;

  constructor(engine: BlsEngineName, mostWaiting: number) {
    this.#engine = engine;
    this.#waiting = new TurnQueue(mostWaiting);
  }

  /** Resolves when the thread has proven its engine. */
  async start(): Promise<void> {
    await this.#startedThread();
  }

  /** Rejects with `WRITES.OVERLOADED` when too many wait, and when the thread died. The job's bytes are then wiped. */
  run(holder: string, job: KeyJob): Promise<KeyAnswer> {
    return new Promise((resolve, reject) => {
      const isTaken = !this.#isClosed && this.#waiting.add(holder, { job, resolve, reject });
      if (isTaken) void this.#next();
      else {
        wipe(job);
        reject(this.#isClosed ? interrupted() : WRITES_OVERLOADED);
      }
    });
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#rejectWaiting();
    await this.#thread?.end();
  }

  /** Never rejects: what goes wrong is told to whoever waits for it. */
  async #next(): Promise<void> {
    if (this.#isBusy) return;
    this.#isBusy = true;
    for (let waiting = this.#waiting.take(); waiting !== undefined; waiting = this.#waiting.take()) {
      const { job, resolve, reject } = waiting;
      try {
        const thread = await this.#startedThread();
        resolve(await thread.perform(job));
      } catch (cause) {
        wipe(job);
        reject(interrupted(cause));
      }
    }
    this.#isBusy = false;
  }

  /** The thread, or another one where it died. */
  async #startedThread(): Promise<KeyThread> {
    if (this.#isClosed) throw new Error('keys are made no more');
    const known = this.#thread;
    const thread = known === undefined || known.isGone ? new KeyThread(this.#engine) : known;
    this.#thread = thread;
    await thread.ready;
    return thread;
  }

  #rejectWaiting(): void {
    for (const { job, reject } of this.#waiting.takeWhere(() => true)) {
      wipe(job);
      reject(interrupted());
    }
  }
}

function interrupted(cause?: unknown): DomainError {
  const message = 'the making of keys was interrupted; nothing was changed, try again shortly';
  return new DomainError('WRITES.OVERLOADED', message, { cause });
}

/** Overwrites what has not been moved to the thread. */
function wipe(job: KeyJob): void {
  for (const buffer of buffersIn(job)) if (buffer.byteLength > 0) new Uint8Array(buffer).fill(0);
}
