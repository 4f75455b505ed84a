/** What a verifier can find. The words stay, since scripts read them. */
export type FindingKind =
  /** The text of an entry is not the one that a checkpoint was signed over. */
  | 'entry-changed'
  /** There is no entry of this id, though there are later ones. */
  | 'entry-missing'
  /** The last entries are gone: a checkpoint, or the database itself, knows of more. */
  | 'tail-missing'
  /** What is kept as an entry could not be one. */
  | 'entry-malformed'
  /** The tree that is kept beside the entries is not theirs, though the entries are those that were signed. */
  | 'tree-changed'
  /** A checkpoint does not bear the log's signature, or is not what its row says. */
  | 'bad-checkpoint'
  /** The log has signed two histories that exclude each other. */
  | 'two-heads'
  /** Entries were lost, and the entry that tells of it does not tell of all. */
  | 'rollback-hidden'
  /** No checkpoint says anything of the entries: nothing was shown. */
  | 'not-covered'
  | 'bad-promise'
  /** The entry is not in the record, and the time for it is over. */
  | 'promise-broken'
  /** The entry is not in the record; whether the time for it is over was not shown. */
  | 'promise-not-kept'
  | 'bad-proof'
  /** The file is damaged from here on. */
  | 'unreadable';

export interface Finding {
  readonly kind: FindingKind;
  /** A sentence. It may hold names out of what was verified: escape it before it is shown on a terminal. */
  readonly text: string;
  /** The first bad entry; with `lastEntry`, the first of those among which it is. */
  readonly firstEntry?: number;
  readonly lastEntry?: number;
}

/** Findings of a kind that are told one by one; whoever damages everything must not fill the memory. */
const MOST_OF_A_KIND = 20;

/** Collects findings, the first of each kind one by one. */
export class Findings {
  readonly #found: Finding[] = [];
  readonly #counts = new Map<FindingKind, number>();
  /** Entries that have a finding of their own. */
  readonly #entries = new Set<number>();

  add(finding: Finding): void {
    const count = (this.#counts.get(finding.kind) ?? 0) + 1;
    this.#counts.set(finding.kind, count);
    if (count > MOST_OF_A_KIND) return;
    this.#found.push(finding);
    if (finding.firstEntry !== undefined && finding.lastEntry === undefined) this.#entries.add(finding.firstEntry);
  }

  /** Whether this entry alone has been found bad. */
  has(entry: number): boolean {
    return this.#entries.has(entry);
  }

  /** Whether one of these has been found bad by itself. */
  hasWithin(first: number, last: number): boolean {
    return [...this.#entries].some((entry) => entry >= first && entry <= last);
  }

  hasAny(kind: FindingKind): boolean {
    return this.#counts.has(kind);
  }

  /** By the first bad entry, what concerns no entry last; for each kind of which there are more, how many. */
  list(): readonly Finding[] {
    const inOrder = this.#found.toSorted((one, other) => (one.firstEntry ?? Infinity) - (other.firstEntry ?? Infinity));
    const more = [...this.#counts].filter(([, count]) => count > MOST_OF_A_KIND);
    return [
      ...inOrder,
      ...more.map(([kind, count]) => ({ kind, text: `${count - MOST_OF_A_KIND} more of the kind ${kind}` })),
    ];
  }
}

/** As people read them: `20,852`. */
export function shownNumber(number: number): string {
  return number.toLocaleString('en-US');
}

/** `entry 7`, or `entries 7 to 9`. */
export function shownEntries(first: number, last: number): string {
  return first >= last ? `entry ${shownNumber(first)}` : `entries ${shownNumber(first)} to ${shownNumber(last)}`;
}
