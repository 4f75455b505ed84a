import type { SqlValue } from '../statements.js';

/**
 * A table whose rows decide, so that each carries a code over what it says (`RowMac`), and the version of it. Writers and
 * checkers both go by this declaration; a test holds it against the columns that there are.
 */
export interface CoveredTable {
  readonly table: string;
  /** What identifies a row for good. */
  readonly key: readonly string[];
  /** What else the code is over, beside `version`. */
  readonly covered: readonly string[];
  /** Each other column, and why it need not be. `mac` is in every table. */
  readonly leftOut: Readonly<Record<string, string>>;
  /** Entries of the record tell each version, and when all of an owner's and client id's were removed. Has `owner_id` and `client_id`. */
  readonly isTold?: true;
  /** SQL: which rows decide, where some do no more. */
  readonly only?: string;
  /** Its rows are never changed, so that they have no `version`. */
  readonly isWrittenOnce?: true;
}

/** A row by the names of its columns, those of {@link columnsOf} at least. */
export type CoveredRow = Readonly<Record<string, SqlValue>>;

/** What must be selected of a row to check it. */
export function columnsOf({ key, covered, isWrittenOnce }: CoveredTable): string {
  return [...key, ...covered, ...(isWrittenOnce === true ? [] : ['version']), 'mac'].join(', ');
}

/** SQL: the first rows in the order of the key, and the next behind a key; a parameter each for it, and for how many. */
export function pagesOf(table: CoveredTable): { readonly first: string; readonly next: string } {
  const key = table.key.join(', ');
  const marks = table.key.map(() => '?').join(', ');
  const { only = 'TRUE' } = table;
  const select = `SELECT ${columnsOf(table)} FROM ${table.table} WHERE ${only}`;
  const order = `ORDER BY ${key} LIMIT ?`;
  return { first: `${select} ${order}`, next: `${select} AND (${key}) > (${marks}) ${order}` };
}

/** The values of a row's key. */
export function keyOf({ key }: CoveredTable, row: CoveredRow): SqlValue[] {
  return key.map((column) => row[column] ?? null);
}

/** A row by its key, as one text: for entries, logs and whoever remembers rows. */
export function nameOf({ table }: Pick<CoveredTable, 'table'>, key: readonly SqlValue[]): string {
  const parts = key.map((part) => (part instanceof Uint8Array ? Buffer.from(part).toString('hex') : String(part)));
  return `${table} ${parts.join(' ')}`;
}

/** SQL: a condition for one row, with a parameter for each part of its key. */
export function whereKey({ key }: CoveredTable): string {
  return key.map((column) => `${column} = ?`).join(' AND ');
}

/**
 * All that a row says, as text: its table and then each value by its kind and, where one value could go on as the next, its
 * length. No two different rows have the same text. `version` is the caller's, who may be about to raise it; null where
 * there is none.
 */
export function textOfRow({ table, key, covered }: CoveredTable, row: CoveredRow, version: SqlValue): string {
  let text = `${table};${valueText(version)}`;
  for (const column of key) text += valueText(row[column]);
  for (const column of covered) text += valueText(row[column]);
  return text;
}

function valueText(value: SqlValue | undefined): string {
  if (value === null) return 'n;';
  if (typeof value === 'string') return `t${value.length}:${value};`;
  if (typeof value === 'number' || typeof value === 'bigint') return `i${value};`;
  // Left out of a query, it would be left out of the code.
  if (value === undefined) throw new Error('a column that is authenticated was not read');
  return `b${Buffer.from(value).toString('hex')};`;
}
