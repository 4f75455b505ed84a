/**
 * Cooperative scheduling of long answers: lets their slices go one by one, each in a turn of the event loop of its own:
 * between two of them everybody else is served, however many lists are being read at once.
 */
export class SliceTurns {
  readonly #waiting: (() => Promise<void>)[] = [];
  #isGoing = false;

  /** Does `work` when its turn has come. Resolves and rejects as it does. */
  take<T>(work: () => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#waiting.push(() => work().then(resolve, reject));
      if (this.#isGoing) return;
      this.#isGoing = true;
      this.#goOn();
    });
  }

  #goOn(): void {
    setImmediate(() => {
      const next = this.#waiting.shift();
      if (next === undefined) this.#isGoing = false;
      else
        void next().then(() => {
          this.#goOn();
        });
    });
  }
}
