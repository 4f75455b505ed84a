import type { SealedPlace } from '../crypto/sealing/sealed-place.js';
import { SealedValueError } from '../crypto/sealing/sealed-value-error.js';
import type { Sealer } from '../crypto/sealing/sealer.js';
import type { SealedColumn } from '../sealed-columns.js';

/** A sealed value where it lies. */
export interface SealedRow {
  /** Where among the table's rows. They are gone through in this order, so that neighbours, which share pages, are together. */
  readonly at: number;
  readonly id: string;
  readonly wallet: string;
  readonly owner: string;
  readonly recipient: string;
  readonly sealed: Buffer;
}

/** SQL: what of a column is sealed. */
const isSealed = (name: string): string => `${name} IS NOT NULL AND ${name} <> x''`;

/** SQL: what of a column is sealed under another data key, or in another format, than a header says, which is its one parameter. */
const isUnderAnother = ({ column }: SealedColumn, headerBytes: number): string =>
  `${isSealed(column)} AND substr(${column}, 1, ${headerBytes}) <> ?`;

/** SQL: what must be selected of a column for a {@link SealedRow}. */
export const sealedColumns = ({ column, wallet, owner, recipient }: SealedColumn): string =>
  `rowid AS at, id, ${wallet} AS wallet, ${owner} AS owner, ${recipient} AS recipient, ${column} AS sealed`;

const ROWS = (column: SealedColumn): string => `SELECT ${sealedColumns(column)} FROM ${column.table}`;

/** The next rows behind a place that are under another data key. Parameters: the place, the header. */
export function rowsUnderAnother(column: SealedColumn, headerBytes: number, most: number): string {
  return `${ROWS(column)} WHERE rowid > ? AND ${isUnderAnother(column, headerBytes)} ORDER BY rowid LIMIT ${most}`;
}

/** How many rows are under another data key. Parameter: the header. */
export function countUnderAnother(column: SealedColumn, headerBytes: number): string {
  return `SELECT count(*) AS rows FROM ${column.table} WHERE ${isUnderAnother(column, headerBytes)}`;
}

/** The next rows behind a place. Parameter: the place. */
export function sealedRows(column: SealedColumn, most: number): string {
  return `${ROWS(column)} WHERE rowid > ? AND ${isSealed(column.column)} ORDER BY rowid LIMIT ${most}`;
}

/** Puts another envelope in the place of one, if that is still there. Parameters: the new one, the id, the old one. */
export function replaceSealed({ table, column }: SealedColumn): string {
  return `UPDATE ${table} SET ${column} = ? WHERE id = ? AND ${column} = ?`;
}

/** The same secret in a new envelope; `undefined` for a value that does not open. */
export function sealAgain(row: SealedRow, column: SealedColumn, sealer: Sealer): Uint8Array | undefined {
  const place = placeOf(row, column);
  try {
    const secret = sealer.open(row.sealed, place);
    try {
      return sealer.seal(secret, place);
    } finally {
      secret.wipe();
    }
  } catch (error) {
    if (error instanceof SealedValueError) return undefined;
    throw error;
  }
}

/** Whether it opens. */
export function opens(row: SealedRow, column: SealedColumn, sealer: Sealer): boolean {
  try {
    sealer.open(row.sealed, placeOf(row, column)).wipe();
    return true;
  } catch (error) {
    if (error instanceof SealedValueError) return false;
    throw error;
  }
}

/** Where a value was sealed for. */
export function placeOf(
  { id, wallet, owner, recipient }: SealedRow,
  { table, column, version }: SealedColumn,
): SealedPlace {
  return { table, row: id, column, version, wallet, owner, recipient };
}
