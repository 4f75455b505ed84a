import { FairShares } from './fair-shares.js';

/** A bounded queue whose holders take turns; what one holder has in it goes in the order in which it came. */
export class TurnQueue<Item> {
  readonly #shares: FairShares;
  /** Whose turn is next comes first. Nobody is in it who has none that waits. */
  readonly #byHolder = new Map<string, Item[]>();

  /** @param most that may wait */
  constructor(most: number) {
    this.#shares = new FairShares(() => most);
  }

  get length(): number {
    return this.#shares.taken;
  }

  /** Says whether there was room. One holder has half of it at most. */
  add(holder: string, item: Item): boolean {
    if (!this.#shares.take(holder)) return false;
    const own = this.#byHolder.get(holder);
    if (own === undefined) this.#byHolder.set(holder, [item]);
    else own.push(item);
    return true;
  }

  /**
   * The next one; `undefined` when none waits.
   *
   * @param mayHave whose turn it may be: others keep their place in line
   */
  take(mayHave: (holder: string) => boolean = () => true): Item | undefined {
    for (const [holder, own] of this.#byHolder) {
      if (!mayHave(holder)) continue;
      const item = own.shift();
      this.#byHolder.delete(holder);
      if (own.length > 0) this.#byHolder.set(holder, own);
      this.#shares.leave(holder);
      return item;
    }
    return undefined;
  }

  /** Takes all of which `isTaken`; the others keep their order. */
  takeWhere(isTaken: (item: Item) => boolean): Item[] {
    const taken: Item[] = [];
    for (const [holder, own] of this.#byHolder) {
      const left = own.filter((item) => {
        if (!isTaken(item)) return true;
        taken.push(item);
        this.#shares.leave(holder);
        return false;
      });
      if (left.length === 0) this.#byHolder.delete(holder);
      else if (left.length < own.length) this.#byHolder.set(holder, left);
    }
    return taken;
  }
}
