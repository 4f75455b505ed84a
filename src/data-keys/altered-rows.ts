import type BetterSqlite3 from 'better-sqlite3';
import { COVERED_TABLES } from '../covered-tables.js';
import { RowMac } from '../crypto/row-mac.js';
import type { KeyRing } from '../crypto/sealing/data-key.js';
import { columnsOf, textOfRow } from '../database/rows/covered-table.js';
import type { CoveredRow, CoveredTable } from '../database/rows/covered-table.js';

/** How many rows of each table do not hold by their codes; those tables alone that have some. */
export function countAlteredRows(
  connection: BetterSqlite3.Database,
  ring: KeyRing,
): readonly (readonly [string, number])[] {
  const mac = new RowMac(ring);
  return COVERED_TABLES.map((table) => [table.table, alteredIn(connection, table, mac)] as const).filter(
    ([, n]) => n > 0,
  );
}

function alteredIn(connection: BetterSqlite3.Database, table: CoveredTable, mac: RowMac): number {
  const { only = 'TRUE' } = table;
  const rows = connection.prepare<[], CoveredRow>(`SELECT ${columnsOf(table)} FROM ${table.table} WHERE ${only}`);
  let altered = 0;
  for (const row of rows.iterate()) {
    const { mac: code, version = null } = row;
    if (!mac.verifies(textOfRow(table, row, version), code instanceof Uint8Array ? code : null)) altered += 1;
  }
  return altered;
}
