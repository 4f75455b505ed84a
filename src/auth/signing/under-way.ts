/** Counts what has begun and not ended, so that somebody can wait for its end. */
export class UnderWay {
  readonly #promises = new Set<Promise<unknown>>();

  /** The same promise. */
  watch<T>(promise: Promise<T>): Promise<T> {
    this.#promises.add(promise);
    const forget = (): void => void this.#promises.delete(promise);
    promise.then(forget, forget);
    return promise;
  }

  /** Resolves when all that has begun until then has ended, however it did. */
  async ended(): Promise<void> {
    await Promise.allSettled(this.#promises);
  }
}
