import { Injectable } from '@nestjs/common';
import type { Action } from '../../audit/action.js';
import { RecordedWork } from '../../audit/recorded-work.js';
import type { Done } from '../../audit/recorded-work.js';
import { shownKeys } from '../../audit/shown-keys.js';
import type { PublicKeyHex } from '../../crypto/key-names.js';
import type { Place, Window } from '../../database/list-window.js';
import type { Slice, SlicedList } from '../../database/sliced-list.js';
import type { Transaction } from '../../database/transaction.js';
import type { TokenActor } from '../../identity/actor.js';
import { ListCursors } from './list-cursors.js';
import type { ListName } from './list-cursors.js';

/** A part of a list. */
export interface WantedPage {
  /** Where it begins, as the list before it said; undefined = at the beginning. */
  readonly cursor: string | undefined;
  /** How many entries it has at most; undefined = all there are. */
  readonly most: number | undefined;
  /** Whether the user shares of split keys are shown. */
  readonly shares: 'user' | 'none';
}

/** Unsealing and writing so many takes about a millisecond and a half. */
const MOST_OF_A_SLICE = 50;

/** A list as a repository keeps it. */
export interface StoredList<Entry> {
  /**
   * What stands behind `after` (from the first on, if absent), as it is in this transaction, at most `most` of it;
   * `undefined` when nothing does.
   */
  window(
    page: { readonly after: Place | undefined; readonly most: number | undefined },
    transaction: Transaction,
  ): Promise<Window | undefined>;
  /** The split keys between `after` and `last` whose user shares the list hands out; absent where there are none. */
  readonly handsOut?: (
    range: { readonly after: Place | undefined; readonly last: Place },
    transaction: Transaction,
  ) => Promise<readonly PublicKeyHex[]>;
  /** The next entries behind `after` up to `last`, at most `most`, as they were committed: a short read of its own. */
  slice(range: {
    readonly after: Place | undefined;
    readonly last: Place;
    readonly most: number;
  }): Promise<readonly ListedEntry<Entry>[]>;
}

/** An entry of a list, and where it stands. */
export interface ListedEntry<Entry> {
  readonly entry: Entry;
  readonly place: Place;
}

/** A list, if there is one, and which part of it there is. */
interface Opened<Entry> {
  readonly list: StoredList<Entry> | undefined;
  readonly window: Window | undefined;
}

/**
 * Opens lists: first it is recorded that they are shown, and which part of them there is, in one unit of work; then they
 * are read slice by slice, as fast as they are taken, in short reads of their own (docs/adr/0024).
 */
@Injectable()
export class Listings {
  constructor(
    private readonly recorded: RecordedWork,
    private readonly cursors: ListCursors,
  ) {}

  /**
   * @param begin finds the list, or none, of which is recorded that `action` shows it to `actor`
   * @returns what was there when that was recorded, less what has gone until it is read
   *
   * Throws `REQUEST.INVALID_FIELD` for a cursor that is none of this list, and what `begin` throws.
   */
  async open<Entry>(
    actor: TokenActor,
    action: Action,
    { name, page }: { readonly name: ListName; readonly page: WantedPage },
    begin: (transaction: Transaction) => Promise<Done<StoredList<Entry> | undefined>>,
  ): Promise<SlicedList<Entry>> {
    const { cursor, most } = page;
    const after = cursor === undefined ? undefined : this.cursors.read(cursor, name);
    const handsOutShares = page.shares !== 'none' && (name.kind === 'keys' || name.kind === 'shared');
    const look = async (transaction: Transaction): Promise<Done<Opened<Entry>>> => {
      const { result: found, subject } = await begin(transaction);
      const part = await found?.window({ after, most }, transaction);
      const handsOut = part === undefined || page.shares === 'none' ? undefined : found?.handsOut;
      const shown = part && shownKeys((await handsOut?.({ after, last: part.last }, transaction)) ?? []);
      const said = shown === undefined ? subject : { ...subject, facts: { ...subject.facts, shown } };
      return { result: { list: found, window: part }, subject: said };
    };
    const { list, window } = await (handsOutShares
      ? this.recorded.write(actor, action, look)
      : this.recorded.read(actor, action, look));
    if (list === undefined || window === undefined) return { next: undefined, slices: nothing() };
    return {
      next: window.hasMore ? this.cursors.write(window.last, name) : undefined,
      slices: this.#slices(list, after, window.last),
    };
  }

  async *#slices<Entry>(
    list: StoredList<Entry>,
    begin: Place | undefined,
    last: Place,
  ): AsyncGenerator<Slice<Entry>, undefined> {
    let after = begin;
    for (let isLast = false; !isLast;) {
      const rows = await list.slice({ after, last, most: MOST_OF_A_SLICE });
      after = rows.at(-1)?.place;
      isLast = rows.length < MOST_OF_A_SLICE || after?.every((value, index) => value === last[index]) === true;
      yield { entries: rows.map(({ entry }) => entry), isLast };
    }
    return undefined;
  }
}

// Async, since lists are read asynchronously; there is nothing to wait for in this one.
async function* nothing(): AsyncGenerator<Slice<never>, undefined> {
  yield await Promise.resolve({ entries: [], isLast: true });
  return undefined;
}
