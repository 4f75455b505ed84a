import { FairShares } from '../../fairness/fair-shares.js';

/** Who asks for a place, and for which split key. */
export interface Applicant {
  /** A user if a token came, else an address: see {@link partyOf}. */
  readonly party: string;
  readonly splitKey: string;
}

/** The one that shares places with nobody else: whoever a token has named, else whoever is at that address. */
export function partyOf({
  userId,
  network,
}: {
  readonly userId?: string | undefined;
  readonly network?: string | undefined;
}): string {
  return userId === undefined ? `address ${network ?? ''}` : `user ${userId}`;
}

/**
 * Fair sharing of the places for signing requests: one party has half of them at most. And where one split key holds half
 * of them, a party that has one of these gets no more: whoever names somebody's split key from elsewhere cannot keep its
 * owner out, for whom the next place is there.
 */
export class FairPlaces {
  readonly #parties: FairShares;
  /** For each split key, who holds its places. */
  readonly #ofSplitKey = new Map<string, FairShares>();

  /** @param capacity how many places there are */
  constructor(capacity: () => number) {
    this.#parties = new FairShares(capacity);
  }

  /** How many more this party may have; of one that is not known yet, how many are free. */
  roomFor(party?: string): number {
    return this.#parties.roomFor(party);
  }

  /** Takes a place, which is to be left again; says whether there was one. */
  take({ party, splitKey }: Applicant): boolean {
    const holders = this.#ofSplitKey.get(splitKey) ?? new FairShares(() => Number.POSITIVE_INFINITY);
    if (holders.taken >= this.#parties.half && holders.heldBy(party) > 0) return false;
    if (!this.#parties.take(party)) return false;
    holders.take(party);
    this.#ofSplitKey.set(splitKey, holders);
    return true;
  }

  leave({ party, splitKey }: Applicant): void {
    this.#parties.leave(party);
    const holders = this.#ofSplitKey.get(splitKey);
    holders?.leave(party);
    if (holders?.taken === 0) this.#ofSplitKey.delete(splitKey);
  }
}
