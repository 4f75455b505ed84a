import type BetterSqlite3 from 'better-sqlite3';
import { COVERED_TABLES } from '../covered-tables.js';
import type { KeyRing } from '../crypto/sealing/data-key.js';
import { columnsOf, keyOf } from '../database/rows/covered-table.js';
import type { CoveredRow, CoveredTable } from '../database/rows/covered-table.js';
import { RowGuard } from '../database/rows/row-guard.js';

/** How many rows of each table do not hold by their codes; those tables alone that have some. */
export function countAlteredRows(
  connection: BetterSqlite3.Database,
  ring: KeyRing,
): readonly (readonly [string, number])[] {
  const guard = new RowGuard(ring);
  return COVERED_TABLES.map((table) => [table.table, alteredIn(connection, table, guard)] as const).filter(
    ([, count]) => count > 0,
  );
}

function alteredIn(connection: BetterSqlite3.Database, table: CoveredTable, guard: RowGuard): number {
  const { only = 'TRUE' } = table;
  const rows = connection.prepare<[], CoveredRow>(`SELECT ${columnsOf(table)} FROM ${table.table} WHERE ${only}`);
  let altered = 0;
  for (const row of rows.iterate()) if (!guard.isIntact(table, keyOf(table, row), row)) altered += 1;
  return altered;
}
