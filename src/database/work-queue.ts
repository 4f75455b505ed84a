import { PAUSE_MS } from './locked-database.js';

/**
 * Orders database work over a single connection, with a single writer: write batches one at a time, reads side by side
 * but never during a write. The two take turns, so that neither can starve the other.
 */
export class WorkQueue<Write> {
  readonly #mostWrites: number;
  readonly #runWrites: (batch: readonly Write[]) => Promise<readonly Write[]>;
  #writes: Write[] = [];
  #reads: (() => Promise<void>)[] = [];
  #activeReads = 0;
  /** From the first waiting write on, and while they run. */
  #isWriting = false;
  #isRunningWrites = false;
  /** While writes wait for somebody else's lock. Reads go on. */
  #isPausing = false;
  #idleWaiters: (() => void)[] = [];

  /**
   * @param runWrites must settle the writes of the batch itself and never reject; what it returns has not been begun and
   *   comes first again, after a pause
   */
  constructor(mostWrites: number, runWrites: (batch: readonly Write[]) => Promise<readonly Write[]>) {
    this.#mostWrites = mostWrites;
    this.#runWrites = runWrites;
  }

  addWrite(write: Write): void {
    this.#writes.push(write);
    this.#schedule();
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
      const notYet = await this.#runWrites(this.#writes.splice(0, this.#mostWrites));
      if (notYet.length > 0) this.#pause(notYet);
    } finally {
      this.#isRunningWrites = false;
      this.#isWriting = false;
      // Reads that waited come before the next batch.
      this.#startReads();
      this.#settle();
    }
  }

  #pause(notYet: readonly Write[]): void {
    this.#writes.unshift(...notYet);
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
