import { createHash } from 'node:crypto';
import type { EntryRange } from './checked-tree.js';
import { isObject } from './entry-form.js';
import { shownEntries, shownNumber } from './finding.js';
import type { Findings } from './finding.js';

/** What an `archive` entry says of all entries that the database does not have since then. */
export interface ToldArchive {
  /** None behind this one was archived. */
  readonly upTo: number;
  readonly entries: number;
  /** `rangesHash` of them. */
  readonly hash: string;
}

/**
 * Which entries, as 64 lower-case hexadecimal digits: the SHA-256 of a line `FIRST-LAST` for each range, by their ids, in
 * their order, none next to another.
 */
export function rangesHash(ranges: readonly EntryRange[]): string {
  const hash = createHash('sha256');
  for (const { first, last } of ranges) hash.update(`${first}-${last}\n`);
  return hash.digest('hex');
}

export function countIn(ranges: readonly EntryRange[]): number {
  return ranges.reduce((sum, { first, last }) => sum + last - first + 1, 0);
}

/** Adds a range behind all others. */
export function addRange(ranges: EntryRange[], { first, last }: EntryRange): void {
  const before = ranges.at(-1);
  if (before?.last === first - 1) ranges[ranges.length - 1] = { first: before.first, last };
  else ranges.push({ first, last });
}

/** The entries that the database has no longer and the tree still has, held against what the record tells of them. */
export class AbsentEntries {
  readonly #absent: EntryRange[] = [];
  readonly #unread: EntryRange[] = [];
  #told: (ToldArchive & { readonly entry: number }) | undefined;

  /** Those of which no text was found anywhere. */
  get unread(): readonly EntryRange[] {
    return this.#unread;
  }

  /** @param isRead whether another source had their texts */
  add(range: EntryRange, { isRead }: { readonly isRead: boolean }): void {
    addRange(this.#absent, range);
    if (!isRead) addRange(this.#unread, range);
  }

  /** Looks at whether an entry tells of an archive: of all that was archived until then. */
  hear(entry: number, said: Readonly<Record<string, unknown>>): void {
    if (said['action'] !== 'archive' || said['outcome'] !== 'approved') return;
    const { archived } = isObject(said['facts']) ? said['facts'] : {};
    if (!isObject(archived)) return;
    const { up_to: upTo, entries, hash } = archived;
    if (typeof upTo !== 'number' || typeof entries !== 'number' || typeof hash !== 'string') return;
    this.#told = { entry, upTo, entries, hash };
  }

  /**
   * To be called when all entries were read. Gives what is to be known.
   *
   * @param covered how many entries a checkpoint covers
   */
  judge(findings: Findings, covered: number): readonly string[] {
    const upTo = this.#told?.upTo ?? 0;
    for (const { first, last } of this.#absent) {
      if (last <= upTo) continue;
      const from = Math.max(first, upTo + 1);
      findings.add({
        kind: 'entry-missing',
        text: `${shownEntries(from, last)} missing, and no entry tells that they were archived`,
        firstEntry: from,
      });
    }
    const archived = this.#absent.flatMap(({ first, last }) =>
      first > upTo ? [] : [{ first, last: Math.min(last, upTo) }],
    );
    const count = countIn(archived);
    // Whoever has put texts back has lost nothing.
    if (this.#told === undefined || count === 0) return [];
    if (count !== this.#told.entries || rangesHash(archived) !== this.#told.hash) {
      findings.add({
        kind: 'entry-missing',
        text:
          `${shownNumber(count)} entries up to ${shownNumber(upTo)} are missing, which are not the ` +
          `${shownNumber(this.#told.entries)} that were archived, as entry ${shownNumber(this.#told.entry)} tells`,
        firstEntry: archived[0]?.first ?? 1,
        lastEntry: upTo,
      });
    }
    return [...(this.#told.entry > covered ? [notVouchedFor(this.#told.entry)] : []), this.#whatWasRead(count, upTo)];
  }

  #whatWasRead(count: number, upTo: number): string {
    const unread = countIn(this.#unread);
    if (unread === 0) return `${shownNumber(count)} archived entries were read from the archive`;
    return (
      `${shownNumber(unread)} entries up to ${shownNumber(upTo)} were archived: their hashes are those that were signed, ` +
      'their texts were not read (--archive FOLDER reads them)'
    );
  }
}

function notVouchedFor(entry: number): string {
  return `entry ${shownNumber(entry)} says which entries were archived; no checkpoint covers it yet, so nobody vouches for it`;
}
