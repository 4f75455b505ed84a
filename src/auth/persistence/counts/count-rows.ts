import { columnsOf, keyOf } from '../../../database/rows/covered-table.js';
import type { CoveredRow } from '../../../database/rows/covered-table.js';
import { alteredRow } from '../../../errors/altered-row.js';
import type { Tally } from '../../../restrictions/limits/usage.js';
import { COVERED_COUNTS } from '../covered-tables.js';
import type { CountTables } from './count-tables.js';
import type { CounterState } from './counters.js';
import { totalFromColumn, totalToColumn } from './total-value.js';

const COLUMNS = columnsOf(COVERED_COUNTS);

const UP_TO = `
  SELECT ${COLUMNS} FROM auth_counts
   WHERE counter = ? AND at_ms <= ? ORDER BY at_ms DESC, total_count DESC LIMIT 1`;

const NEWEST = `
  SELECT ${COLUMNS} FROM auth_counts
   WHERE counter = ? ORDER BY at_ms DESC, total_count DESC LIMIT 1`;

const FIRST_AT = 'SELECT at_ms FROM auth_counts WHERE counter = ? ORDER BY at_ms LIMIT 1';

const INSERT =
  'INSERT INTO auth_counts (counter, at_ms, total_count, total_value, entry, mac) VALUES (?, ?, ?, ?, ?, ?)';

/** What a counter had counted when it counted something. */
export interface Standing extends Tally {
  readonly atMs: number;
}

type Row = CoveredRow & {
  readonly at_ms: number;
  readonly total_count: number;
  readonly total_value: Buffer;
};

/**
 * What was counted last; undefined before the first. One look into the key. Throws `RECORD.ALTERED` where that is not what
 * the counter, which was checked, says is its newest.
 */
export function newestOf(
  { id, newestCount }: Pick<CounterState, 'id' | 'newestCount'>,
  { statements, rows }: CountTables,
): Standing | undefined {
  const row = statements.first<Row>(NEWEST, id);
  if (row === undefined && newestCount === 0) return undefined;
  const found = row?.total_count === newestCount ? row : undefined;
  if (
    !rows.isIntact(
      COVERED_COUNTS,
      found === undefined ? [id, 'newest', newestCount] : keyOf(COVERED_COUNTS, found),
      found,
    )
  ) {
    throw alteredRow();
  }
  return standingIn(found);
}

/** What was counted last by the end of this millisecond. One look into the key. Throws `RECORD.ALTERED`. */
export function standingAt(
  counter: number,
  milliseconds: number,
  { statements, rows }: CountTables,
): Standing | undefined {
  const row = statements.first<Row>(UP_TO, counter, milliseconds);
  // One that was removed has an earlier one in its place, by which more was signed since.
  if (row !== undefined && !rows.isIntact(COVERED_COUNTS, keyOf(COVERED_COUNTS, row), row)) throw alteredRow();
  return standingIn(row);
}

/**
 * When the totals first were so much. Both only grow in time, so it is a binary search over time: as many looks as the
 * time between the first and the newest has binary digits, 35 for a year. Throws `RECORD.ALTERED`.
 */
export function whenFirst(
  reached: (tally: Tally) => boolean,
  counter: number,
  newest: Standing | undefined,
  tables: CountTables,
): number | undefined {
  if (newest === undefined || !reached(newest)) return undefined;
  let from = tables.statements.first<{ at_ms: number }>(FIRST_AT, counter)?.at_ms ?? newest.atMs;
  let until = newest.atMs;
  while (from < until) {
    const middle = from + Math.floor((until - from) / 2);
    const standing = standingAt(counter, middle, tables);
    if (standing !== undefined && reached(standing)) until = standing.atMs;
    else from = middle + 1;
  }
  return until;
}

/**
 * Counts one signature more, and gives back what that makes. That it is the newest is to be kept in the counter, in the same
 * transaction (`keepNewest`).
 *
 * @param newest of this counter
 * @param entry the record's, which tells of the signature
 */
export function countOne(
  counter: number,
  newest: Standing | undefined,
  one: { readonly atMs: number; readonly valueSas: bigint },
  entry: number,
  { statements, rows }: CountTables,
): Standing {
  const { atMs } = one;
  const valueSas = (newest?.valueSas ?? 0n) + one.valueSas;
  const count = (newest?.count ?? 0) + 1;
  const total_value = totalToColumn(valueSas);
  const mac = rows.codeOf(COVERED_COUNTS, { counter, at_ms: atMs, total_count: count, total_value, entry });
  statements.runOne(INSERT, counter, atMs, count, total_value, entry, mac);
  return { atMs, valueSas, count };
}

function standingIn(row: Row | undefined): Standing | undefined {
  if (row === undefined) return undefined;
  return { atMs: row.at_ms, count: row.total_count, valueSas: totalFromColumn(row.total_value) };
}
