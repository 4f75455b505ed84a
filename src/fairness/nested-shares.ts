import { FairShares } from './fair-shares.js';

/** Somebody among those who share something: a network, and whoever in it is known by the same token. */
export interface Member {
  readonly group: string;
  readonly member: string;
}

/** {@link FairShares} of groups: of what one group may have at most, one of its members has half at most. */
export class NestedShares {
  readonly #groups: FairShares;
  /** Of those that hold any. */
  readonly #members = new Map<string, FairShares>();

  /** @param capacity how many places there are */
  constructor(capacity: number) {
    this.#groups = new FairShares(() => capacity);
  }

  get taken(): number {
    return this.#groups.taken;
  }

  get free(): number {
    return this.#groups.roomFor();
  }

  /** Whether the group may have another; a member of it may have its share already. */
  hasRoomFor(group: string): boolean {
    return this.#groups.roomFor(group) > 0;
  }

  /** Whether the member may, as far as it is a matter of its group's share. */
  hasRoomForMember({ group, member }: Member): boolean {
    return (this.#members.get(group)?.roomFor(member) ?? 1) > 0;
  }

  /** Takes a place, which is to be left again; says whether there was one. */
  take({ group, member }: Member): boolean {
    const own = this.#members.get(group) ?? new FairShares(() => this.#groups.half);
    if (own.roomFor(member) === 0 || !this.#groups.take(group)) return false;
    own.take(member);
    this.#members.set(group, own);
    return true;
  }

  leave({ group, member }: Member): void {
    const own = this.#members.get(group);
    own?.leave(member);
    if (own?.taken === 0) this.#members.delete(group);
    this.#groups.leave(group);
  }
}
