/** Carries out orders one after the other, in the order in which they were given, whatever became of those before. */
export class OneAtATime {
  #last: Promise<unknown> = Promise.resolve();

  /** Settles as the order does. */
  run<T>(order: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(order);
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}
