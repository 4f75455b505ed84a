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
 * Fair sharing of the places for signing requests. However many there are, one party holds half of them at most, so that
 * another always finds one. And where one split key holds half of them, a party that has one of these gets no more: whoever
 * names somebody's split key from elsewhere cannot keep its owner out, for whom the next place is there.
 */
export class FairPlaces {
  readonly #ofParty = new Map<string, number>();
  /** For each split key, who holds how many of its places. */
  readonly #ofSplitKey = new Map<string, Map<string, number>>();
  #taken = 0;

  /** @param capacity how many places there are */
  constructor(private readonly capacity: () => number) {}

  /** How many more this party may have; of one that is not known yet, how many are free. */
  roomFor(party?: string): number {
    const free = Math.max(0, this.capacity() - this.#taken);
    if (party === undefined) return free;
    return Math.min(free, Math.max(0, this.#half - (this.#ofParty.get(party) ?? 0)));
  }

  /** Takes a place, which is to be left again; says whether there was one. */
  take({ party, splitKey }: Applicant): boolean {
    const holders = this.#ofSplitKey.get(splitKey);
    if (this.roomFor(party) === 0) return false;
    if (holders?.has(party) === true && sumOf(holders) >= this.#half) return false;
    this.#taken += 1;
    change(this.#ofParty, party, 1);
    if (holders === undefined) this.#ofSplitKey.set(splitKey, new Map([[party, 1]]));
    else change(holders, party, 1);
    return true;
  }

  leave({ party, splitKey }: Applicant): void {
    this.#taken -= 1;
    change(this.#ofParty, party, -1);
    const holders = this.#ofSplitKey.get(splitKey);
    if (holders === undefined) return;
    change(holders, party, -1);
    if (holders.size === 0) this.#ofSplitKey.delete(splitKey);
  }

  get #half(): number {
    return Math.max(1, Math.ceil(this.capacity() / 2));
  }
}

function sumOf(holders: ReadonlyMap<string, number>): number {
  let sum = 0;
  for (const count of holders.values()) sum += count;
  return sum;
}

/** Counts up or down; whoever has none is forgotten. */
function change(counts: Map<string, number>, name: string, by: 1 | -1): void {
  const count = (counts.get(name) ?? 0) + by;
  if (count > 0) counts.set(name, count);
  else counts.delete(name);
}
