/** The writes of one lane: their holders take turns, and those of one holder go in the order in which they came. */
export class LaneOfWrites<Write> {
  readonly #most: number;
  /** Whose turn is next comes first. Nobody is in it who has none that waits. */
  readonly #byHolder = new Map<string, Write[]>();
  #length = 0;

  /** @param most that may wait */
  constructor(most: number) {
    this.#most = most;
  }

  get length(): number {
    return this.#length;
  }

  /** Says whether there was room. When half of it is taken, one holder has at most half. */
  add(holder: string, write: Write): boolean {
    if (this.#length >= this.#most) return false;
    const own = this.#byHolder.get(holder);
    const half = Math.max(1, Math.ceil(this.#most / 2));
    if (this.#length >= half && (own?.length ?? 0) >= half) return false;
    if (own === undefined) this.#byHolder.set(holder, [write]);
    else own.push(write);
    this.#length += 1;
    return true;
  }

  /** The next one; `undefined` when none waits. */
  take(): Write | undefined {
    for (const [holder, own] of this.#byHolder) {
      const write = own.shift();
      this.#byHolder.delete(holder);
      if (own.length > 0) this.#byHolder.set(holder, own);
      this.#length -= 1;
      return write;
    }
    return undefined;
  }

  /** Takes all of which `isTaken`; the others keep their order. */
  takeWhere(isTaken: (write: Write) => boolean): Write[] {
    const taken: Write[] = [];
    for (const [holder, own] of this.#byHolder) {
      const left = own.filter((write) => !isTaken(write));
      taken.push(...own.filter((write) => !left.includes(write)));
      if (left.length > 0) this.#byHolder.set(holder, left);
      else this.#byHolder.delete(holder);
    }
    this.#length -= taken.length;
    return taken;
  }
}
