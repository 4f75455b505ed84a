import type BetterSqlite3 from 'better-sqlite3';
import { COVERED_TABLES } from '../covered-tables.js';
import { ENVELOPE_FORMAT } from '../crypto/sealing/envelope.js';
import type { KeyRing } from '../crypto/sealing/data-key.js';
import { keyOf, pagesOf, whereKey } from '../database/rows/covered-table.js';
import type { CoveredRow, CoveredTable } from '../database/rows/covered-table.js';
import { RowGuard } from '../database/rows/row-guard.js';
import { isUsed } from '../database/sealing-key-check.js';
import type { SqlValue } from '../database/statements.js';
import { lostDataKeys } from './lost-data-keys.js';

/** Of every owner and client id that ever had a split key at ZAuth. */
const BEGIN_FREEZES = `
  INSERT OR IGNORE INTO auth_freezes (owner_id, client_id, standing, since, version)
  SELECT owner_id, client_id, 'thawed', 0, 1 FROM auth_server_shares
   UNION SELECT owner_id, client_id, 'thawed', 0, 1 FROM auth_policies`;

/**
 * Refuses a database that had a key of rows, before another is made under which whatever somebody wrote would hold. The keys
 * of the log tell: with a key of rows they are sealed in the current format by the end of the first start, and without the
 * data keys nobody can make them look older. Throws `StartError`.
 */
export function refuseLostRowsKey(connection: BetterSqlite3.Database): void {
  const formats = connection
    .prepare<[], string>(`SELECT DISTINCT hex(substr(sealed_key, 1, 1)) FROM audit_log_keys`)
    .pluck()
    .all();
  const isOlder =
    formats.length > 0 ? formats.every((hex) => Number(`0x${hex}`) < ENVELOPE_FORMAT) : !isUsed(connection);
  if (!isOlder) throw lostDataKeys('rows');
}

/** Gives every row that decides its code, whatever it says: in the transaction in which the key is kept. */
export function authenticateRows(connection: BetterSqlite3.Database, ring: KeyRing): void {
  connection.exec(BEGIN_FREEZES);
  const guard = new RowGuard(ring);
  for (const table of COVERED_TABLES) authenticateTable(connection, table, guard);
}

/** Rows that are read by one statement while another changes them: so in slices, by the key. */
const SLICE = 1000;

function authenticateTable(connection: BetterSqlite3.Database, table: CoveredTable, guard: RowGuard): void {
  const { first, next } = pagesOf(table);
  const [begin, goOn] = [
    connection.prepare<SqlValue[], CoveredRow>(first),
    connection.prepare<SqlValue[], CoveredRow>(next),
  ];
  const write = connection.prepare<SqlValue[]>(`UPDATE ${table.table} SET mac = ? WHERE ${whereKey(table)}`);
  let rows = begin.all(SLICE);
  while (rows.length > 0) {
    for (const row of rows) write.run(guard.codeOf(table, row), ...keyOf(table, row));
    const last = rows.at(-1);
    rows = last === undefined ? [] : goOn.all(...keyOf(table, last), SLICE);
  }
}
