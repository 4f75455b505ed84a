import type { Statements } from '../../../database/statements.js';
import type { Tally } from '../../../restrictions/limits/usage.js';
import { totalFromColumn, totalToColumn } from './total-value.js';

const UP_TO = `
  SELECT at_ms, total_count, total_value FROM auth_counts
   WHERE counter = ? AND at_ms <= ? ORDER BY at_ms DESC, total_count DESC LIMIT 1`;

const NEWEST = `
  SELECT at_ms, total_count, total_value FROM auth_counts
   WHERE counter = ? ORDER BY at_ms DESC, total_count DESC LIMIT 1`;

const FIRST_AT = 'SELECT at_ms FROM auth_counts WHERE counter = ? ORDER BY at_ms LIMIT 1';

const INSERT = 'INSERT INTO auth_counts (counter, at_ms, total_count, total_value, entry) VALUES (?, ?, ?, ?, ?)';

/** What a counter had counted when it counted something. */
export interface Standing extends Tally {
  readonly atMs: number;
}

interface Row {
  readonly at_ms: number;
  readonly total_count: number;
  readonly total_value: Buffer;
}

/** What was counted last; undefined before the first. One look into the key. */
export function newestOf(counter: number, statements: Statements): Standing | undefined {
  return standingIn(statements.first<Row>(NEWEST, counter));
}

/** What was counted last by the end of this millisecond. One look into the key. */
export function standingAt(counter: number, milliseconds: number, statements: Statements): Standing | undefined {
  return standingIn(statements.first<Row>(UP_TO, counter, milliseconds));
}

/**
 * When the totals first were so much. Both only grow in time, so it is a binary search over time: as many looks as the
 * time between the first and the newest has binary digits, 35 for a year.
 */
export function whenFirst(
  reached: (tally: Tally) => boolean,
  counter: number,
  newest: Standing | undefined,
  statements: Statements,
): number | undefined {
  if (newest === undefined || !reached(newest)) return undefined;
  let from = statements.first<{ at_ms: number }>(FIRST_AT, counter)?.at_ms ?? newest.atMs;
  let until = newest.atMs;
  while (from < until) {
    const middle = from + Math.floor((until - from) / 2);
    const standing = standingAt(counter, middle, statements);
    if (standing !== undefined && reached(standing)) until = standing.atMs;
    else from = middle + 1;
  }
  return until;
}

/**
 * Counts one signature more, and gives back what that makes.
 *
 * @param newest of this counter
 * @param entry the record's, which tells of the signature
 */
export function countOne(
  counter: number,
  newest: Standing | undefined,
  one: { readonly atMs: number; readonly valueSas: bigint },
  entry: number,
  statements: Statements,
): Standing {
  const { atMs } = one;
  const valueSas = (newest?.valueSas ?? 0n) + one.valueSas;
  const count = (newest?.count ?? 0) + 1;
  statements.runOne(INSERT, counter, atMs, count, totalToColumn(valueSas), entry);
  return { atMs, valueSas, count };
}

function standingIn(row: Row | undefined): Standing | undefined {
  if (row === undefined) return undefined;
  return { atMs: row.at_ms, count: row.total_count, valueSas: totalFromColumn(row.total_value) };
}
