/**
 * Fair sharing of a number of places: one holder has half of them at most, however many it asks for, so that another
 * always finds one.
 */
export class FairShares {
  readonly #held = new Map<string, number>();
  #taken = 0;

  /** @param capacity how many places there are */
  constructor(private readonly capacity: () => number) {}

  get taken(): number {
    return this.#taken;
  }

  /** The most that one holder may have: one at least. */
  get half(): number {
    return Math.max(1, Math.ceil(this.capacity() / 2));
  }

  heldBy(holder: string): number {
    return this.#held.get(holder) ?? 0;
  }

  /** How many more this holder may have; of one that is not known yet, how many are free. */
  roomFor(holder?: string): number {
    const free = Math.max(0, this.capacity() - this.#taken);
    if (holder === undefined) return free;
    return Math.min(free, Math.max(0, this.half - this.heldBy(holder)));
  }

  /** Takes a place, which is to be left again; says whether there was one. */
  take(holder: string): boolean {
    if (this.roomFor(holder) === 0) return false;
    this.#held.set(holder, this.heldBy(holder) + 1);
    this.#taken += 1;
    return true;
  }

  leave(holder: string): void {
    const left = this.heldBy(holder) - 1;
    if (left > 0) this.#held.set(holder, left);
    else this.#held.delete(holder);
    this.#taken -= 1;
  }
}
