import { setImmediate } from 'node:timers/promises';
import type { ClientId } from '../../crypto/key-names.js';
import { statementsOf } from '../../database/open-transaction.js';
import type { SqliteUnitOfWork } from '../../database/sqlite-unit-of-work.js';
import { unknownWallet } from '../../errors/split-key-errors.js';
import type { TokenActor } from '../../identity/actor.js';
import type { Action } from '../action.js';
import type { Outcome } from '../outcome.js';
import type { RecordedWork } from '../recorded-work.js';
import { entriesBefore, newestEntry } from './entries-of-wallet.js';
import type { WalletEntry } from './entries-of-wallet.js';
import type { RecordReaders } from './record-readers.js';
import type { Readership } from './readership.js';

/** A part of what the record says of a wallet. */
export interface AskedRecord {
  readonly clientId: ClientId;
  /** The row before which it goes on; `undefined` = with the newest. */
  readonly before: number | undefined;
  readonly most: number;
  /** Only these; `undefined` = whatever became of it. */
  readonly outcome: Outcome | undefined;
  /** Only these; `undefined` = whatever was asked for. */
  readonly action: Action | undefined;
}

export interface RecordPage {
  /** The newest first. */
  readonly entries: readonly WalletEntry[];
  /** The row before which the next page goes on; `undefined` when there is none. */
  readonly next: number | undefined;
}

/** Rows that one read looks at: some two milliseconds. */
const SLICE = 200;

/** Rows that are looked at for one page: what is rarer makes a short page, with another behind it. */
const MOST_LOOKED_AT = 5_000;

/** What the record says of a wallet, for its owner and, of their own split keys, for whoever borrows of it. */
export class ReadRecord {
  static readonly action = 'read-record' satisfies Action;

  constructor(
    private readonly recorded: RecordedWork,
    private readonly readers: RecordReaders,
    private readonly unitOfWork: SqliteUnitOfWork,
  ) {}

  /**
   * Recorded first, so the entry that says so is on no page that it tells of; then read in slices, between which others
   * have a turn. Throws `WALLET.UNKNOWN`, the same whether there is no such wallet or it is another's.
   */
  async execute(actor: TokenActor, asked: AskedRecord): Promise<RecordPage> {
    const { clientId } = asked;
    const { readership, newest } = await this.recorded.read(actor, ReadRecord.action, (transaction) => {
      const statements = statementsOf(transaction);
      const found = this.readers.of(actor.userId, clientId, statements);
      if (found === undefined) throw unknownWallet();
      const result = { readership: found, newest: newestEntry(statements) };
      return Promise.resolve({ result, subject: { clientId } });
    });
    return this.#page(readership, Math.min(asked.before ?? Infinity, newest + 1), asked);
  }

  async #page(readership: Readership, begin: number, asked: AskedRecord): Promise<RecordPage> {
    const found: WalletEntry[] = [];
    let before = begin;
    for (let looked = 0; looked < MOST_LOOKED_AT; looked += SLICE) {
      const from = before;
      const { readable, seen, isLast } = await this.unitOfWork.readAtOnce((statements) => {
        const slice = entriesBefore(from, readership.clientId, SLICE, statements);
        const wanted = slice.entries.filter((entry) => isAskedFor(entry, asked));
        return { ...slice, readable: wanted.filter((entry) => readership.mayRead(entry, statements)) };
      });
      found.push(...readable);
      // One more than asked for shows that there is another page.
      if (found.length > asked.most) {
        const entries = found.slice(0, asked.most);
        return { entries, next: entries.at(-1)?.id };
      }
      if (isLast) return { entries: found, next: undefined };
      before = seen ?? before;
      await setImmediate();
    }
    return { entries: found, next: before };
  }
}

function isAskedFor({ action, outcome }: WalletEntry, asked: AskedRecord): boolean {
  return (
    (asked.action === undefined || action === asked.action) &&
    (asked.outcome === undefined || outcome === asked.outcome)
  );
}
