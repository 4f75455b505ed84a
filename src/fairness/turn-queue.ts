/** A bounded queue whose holders take turns; what one holder has in it goes in the order in which it came. */
export class TurnQueue<Item> {
  readonly #most: number;
  /** Whose turn is next comes first. Nobody is in it who has none that waits. */
  readonly #byHolder = new Map<string, Item[]>();
  #length = 0;

  /** @param most that may wait */
  constructor(most: number) {
    this.#most = most;
  }

  get length(): number {
    return this.#length;
  }

  /** Says whether there was room. When half of it is taken, one holder has at most half. */
  add(holder: string, item: Item): boolean {
    if (this.#length >= this.#most) return false;
    const own = this.#byHolder.get(holder);
    const half = Math.max(1, Math.ceil(this.#most / 2));
    if (this.#length >= half && (own?.length ?? 0) >= half) return false;
    if (own === undefined) this.#byHolder.set(holder, [item]);
    else own.push(item);
    this.#length += 1;
    return true;
  }

  /** The next one; `undefined` when none waits. */
  take(): Item | undefined {
    for (const [holder, own] of this.#byHolder) {
      const item = own.shift();
      this.#byHolder.delete(holder);
      if (own.length > 0) this.#byHolder.set(holder, own);
      this.#length -= 1;
      return item;
    }
    return undefined;
  }

  /** Takes all of which `isTaken`; the others keep their order. */
  takeWhere(isTaken: (item: Item) => boolean): Item[] {
    const taken: Item[] = [];
    for (const [holder, own] of this.#byHolder) {
      const left: Item[] = [];
      for (const item of own) (isTaken(item) ? taken : left).push(item);
      if (left.length > 0) this.#byHolder.set(holder, left);
      else this.#byHolder.delete(holder);
    }
    this.#length -= taken.length;
    return taken;
  }
}
