import type { Member } from './nested-shares.js';
import { TurnQueue } from './turn-queue.js';

/** Whose turn it may be. */
export interface Turns {
  readonly ofGroup: (group: string) => boolean;
  readonly ofMember: (member: Member) => boolean;
}

/** A queue without a bound in which groups take turns, and in a group its members: many members gain a group nothing. */
export class NestedTurnQueue<Item> {
  /** Whose turn is next comes first. Nobody is in it who has none that waits. */
  readonly #groups = new Map<string, TurnQueue<Item>>();
  #length = 0;

  get length(): number {
    return this.#length;
  }

  add({ group, member }: Member, item: Item): void {
    const own = this.#groups.get(group) ?? new TurnQueue<Item>(Number.POSITIVE_INFINITY);
    own.add(member, item);
    this.#groups.set(group, own);
    this.#length += 1;
  }

  /** The next one; `undefined` when none waits whose turn it may be. Others keep their place in line. */
  take({ ofGroup, ofMember }: Turns): Item | undefined {
    for (const [group, own] of this.#groups) {
      if (!ofGroup(group)) continue;
      const item = own.take((member) => ofMember({ group, member }));
      if (item === undefined) continue;
      this.#groups.delete(group);
      if (own.length > 0) this.#groups.set(group, own);
      this.#length -= 1;
      return item;
    }
    return undefined;
  }

  /** Takes all of which `isTaken`; the others keep their order. */
  takeWhere(isTaken: (item: Item) => boolean): Item[] {
    const taken: Item[] = [];
    for (const [group, own] of this.#groups) {
      taken.push(...own.takeWhere(isTaken));
      if (own.length === 0) this.#groups.delete(group);
    }
    this.#length -= taken.length;
    return taken;
  }
}
