import { whereKey } from '../../database/rows/covered-table.js';
import type { CoveredTable } from '../../database/rows/covered-table.js';
import type { RowKey } from '../../database/rows/row-guard.js';
import type { Statements } from '../../database/statements.js';
import type { ToldRemoval, ToldRow, ToldRows } from './told-rows.js';

/** A row that is not what the record tells, and why. */
export interface UntrueRow {
  readonly table: CoveredTable;
  readonly key: RowKey;
  readonly why:
    | 'written by somebody else'
    | 'missing'
    | 'older than the record tells'
    | 'newer than the record tells'
    | 'removed, by the record';
}

/** By the name of the table. */
export type ToldTables = ReadonlyMap<string, CoveredTable>;

/**
 * Compares a row of which the record tells with the one that is there. Its code is not checked: one whose version somebody
 * has written does not hold.
 */
export function compareRow(
  row: ToldRow,
  told: ToldRows,
  tables: ToldTables,
  statements: Statements,
): UntrueRow | undefined {
  const table = tables.get(row.table);
  // Of a newer release's: nothing decides by it here.
  if (table === undefined) return undefined;
  const key = keyIn(row.key, table);
  const found = statements.first<FoundRow>(
    `SELECT owner_id, client_id, version FROM ${table.table} WHERE ${whereKey(table)}`,
    ...key,
  );
  if (found === undefined) return told.mayBeRemoved(row) ? undefined : { table, key, why: 'missing' };
  const removal = told.removalOf(row.table, found.owner_id, found.client_id);
  if (removal !== undefined && removal.at > row.at) return { table, key, why: 'removed, by the record' };
  if (found.version === row.version) return undefined;
  const why = found.version < row.version ? 'older than the record tells' : 'newer than the record tells';
  return { table, key, why };
}

/** Rows of which nothing is told since all of that owner and client id were removed: those that an older release wrote. */
export function rowsAfterRemoval(
  { table: name, ownerId, clientId, at }: ToldRemoval,
  told: ToldRows,
  tables: ToldTables,
  statements: Statements,
): readonly UntrueRow[] {
  const table = tables.get(name);
  if (table === undefined) return [];
  const found = statements.all<Readonly<Record<string, string>>>(
    `SELECT ${table.key.join(', ')} FROM ${table.table} WHERE owner_id = ? AND client_id = ?`,
    ownerId,
    clientId,
  );
  return found.flatMap((row) => {
    const key = table.key.map((column) => row[column] ?? '');
    const isTold = (told.of(name, key.join(' '))?.at ?? 0) > at;
    return isTold ? [] : [{ table, key, why: 'removed, by the record' as const }];
  });
}

interface FoundRow {
  readonly owner_id: string;
  readonly client_id: string;
  readonly version: number;
}

/** The values of a key of texts, of which only the first may have spaces: an owner's. */
function keyIn(text: string, { key }: CoveredTable): RowKey {
  if (key.length === 1) return [text];
  const end = text.lastIndexOf(' ');
  return [text.slice(0, end), text.slice(end + 1)];
}
