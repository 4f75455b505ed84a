import type { OrderedRows } from '../../database/ordered-rows.js';
import { statementsOf } from '../../database/open-transaction.js';
import type { SqliteUnitOfWork } from '../../database/sqlite-unit-of-work.js';
import type { Statements } from '../../database/statements.js';
import type { ListedEntry, StoredList } from '../lists/listings.js';

/**
 * A list on SQLite: each slice is read at once, so that it takes neither a turn of the event loop nor the reads of
 * others' with it (docs/adr/0024).
 *
 * @param of whose list, or of what
 * @param entries for each slice: what makes an entry of a row, within the read
 */
export function sqliteList<Row extends object, Entry>(
  rows: OrderedRows<Row>,
  of: string,
  entries: (statements: Statements) => (row: Row) => ListedEntry<Entry>,
  unitOfWork: SqliteUnitOfWork,
): StoredList<Entry> {
  return {
    // Async, though SQLite needs no promise: lists wait for it as for any other read in a transaction.
    window: async (page, transaction) => Promise.resolve(rows.window(of, page, statementsOf(transaction))),
    slice: (range) =>
      unitOfWork.readAtOnce((statements) => {
        const entryOf = entries(statements);
        return rows.slice(of, range, statements).map((row) => entryOf(row));
      }),
  };
}
