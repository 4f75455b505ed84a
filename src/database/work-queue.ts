import { PAUSE_MS } from './locked-database.js';
import { WaitingWrites } from './waiting-writes.js';
import type { WriteBatch } from './waiting-writes.js';
import type { WriteOrder } from './write-order.js';

/** How many writes wait, and go together. */
export interface QueueBounds {
  /** In each lane; beyond it they are refused. */
  readonly mostWaiting: number;
  readonly mostTogether: number;
}

/**
 * Orders database work over a single connection, with a single writer: write batches one at a time, reads side by side
 * but never during a write. The two take turns, so that neither can starve the other. The event loop has a turn before
 * each batch.
 */
export class WorkQueue<Write extends WriteOrder> {
  readonly #mostTogether: number;
  readonly #runWrites: (batch: WriteBatch<Write>) => Promise<'done' | 'locked'>;
  readonly #writes: WaitingWrites<Write>;
  #reads: (() => Promise<void>)[] = [];
  #activeReads = 0;
  /** From the first waiting write on, and while they run. */
  #isWriting = false;
  #isRunningWrites = false;
  /** While writes wait for somebody else's lock. Reads go on. */
  #isPausing = false;
  #idleWaiters: (() => void)[] = [];

  /**
   * @param runWrites must settle each write that it takes of the batch and never reject. `locked` means that somebody
   *   else's lock kept it from taking any: what waits is tried again after a pause
   */
  constructor(
    { mostWaiting, mostTogether }: QueueBounds,
    runWrites: (batch: WriteBatch<Write>) => Promise<'done' | 'locked'>,
  ) {
    this.#writes = new WaitingWrites(mostWaiting);
    this.#mostTogether = mostTogether;
    this.#runWrites = runWrites;
  }

  /** Says whether there was room for it. */
  addWrite(write: Write): boolean {
    const isAdded = this.#writes.add(write);
    if (isAdded) this.#schedule();
    return isAdded;
  }

  /** Takes writes out that wait, for whoever will settle them otherwise. */
  takeWritesWhere(isTaken: (write: Write) => boolean): Write[] {
    return this.#writes.takeWhere(isTaken);
  }

  addRead<T>(read: () => Promise<T>): Promise<T> {
    // Async, so that a read which throws before its first await still counts as ended.
    const settled = async (): Promise<T> => read();
    return new Promise<T>((resolve, reject) => {
      this.#reads.push(() => settled().then(resolve, reject));
      // A read that meets no write starts at once, one that meets a waiting write lets it go first.
      this.#schedule();
    });
  }

  /** Whether a read at once would have to wait. */
  get isRunningWrites(): boolean {
    return this.#isRunningWrites;
  }

  /** A read that waits for nothing, done within this call unless a write is running: then it goes with other reads. */
  readAtOnce<T>(read: () => T): Promise<T> {
    if (this.#isRunningWrites) return this.addRead(() => Promise.resolve(read()));
    return new Promise((resolve) => {
      resolve(read());
    });
  }

  idle(): Promise<void> {
    if (this.#isIdle()) return Promise.resolve();
    return new Promise((resolve) => this.#idleWaiters.push(resolve));
  }

  #schedule(): void {
    if (this.#isWriting) return;
    if (this.#writes.length > 0 && !this.#isPausing) {
      if (this.#activeReads === 0) void this.#write();
      return;
    }
    this.#startReads();
  }

  async #write(): Promise<void> {
    this.#isWriting = true;
    try {
      // Whatever arrives in this turn of the event loop shares the commit.
      await new Promise((resolve) => setImmediate(resolve));
      this.#isRunningWrites = true;
      const outcome = await this.#runWrites(this.#writes.batch(this.#mostTogether));
      if (outcome === 'locked' && this.#writes.length > 0) this.#pause();
    } finally {
      this.#isRunningWrites = false;
      this.#isWriting = false;
      // Reads that waited come before the next batch.
      this.#startReads();
      this.#settle();
    }
  }

  #pause(): void {
    this.#isPausing = true;
    setTimeout(() => {
      this.#isPausing = false;
      this.#schedule();
    }, PAUSE_MS);
  }

  #startReads(): void {
    for (const read of this.#reads.splice(0)) {
      this.#activeReads += 1;
      void read().finally(() => {
        this.#activeReads -= 1;
        this.#settle();
      });
    }
  }

  #settle(): void {
    this.#schedule();
    if (this.#isIdle()) for (const waiter of this.#idleWaiters.splice(0)) waiter();
  }

  #isIdle(): boolean {
    return !this.#isWriting && this.#activeReads === 0 && this.#writes.length === 0 && this.#reads.length === 0;
  }
}
