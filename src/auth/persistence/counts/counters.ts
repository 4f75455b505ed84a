import { columnsOf } from '../../../database/rows/covered-table.js';
import type { CoveredRow } from '../../../database/rows/covered-table.js';
import type { Statements } from '../../../database/statements.js';
import { alteredRow } from '../../../errors/altered-row.js';
import { COVERED_COUNTERS } from '../covered-tables.js';
import type { CountTables } from './count-tables.js';

const COLUMNS = columnsOf(COVERED_COUNTERS);

const FIND = `SELECT ${COLUMNS} FROM auth_counters WHERE share_id = ? AND scope = ?`;

const FIND_COUNTING = `SELECT ${COLUMNS} FROM auth_counters WHERE share_id = ? AND is_counting >= ?`;

const CREATE = 'INSERT INTO auth_counters (share_id, scope) VALUES (?, ?)';

const CHANGE =
  'UPDATE auth_counters SET is_counting = ?, seen_entry = ?, newest_count = ?, version = ?, mac = ? WHERE id = ?';

const FIND_ALL = 'SELECT id, scope, is_counting FROM auth_counters WHERE share_id = ?';

const LET_GO = 'UPDATE auth_counters SET share_id = NULL, is_counting = 0 WHERE id = ?';

/** One whose split key is gone, or counts so no more: those stand together in the index of split key and scope. */
const FIND_LET_GO = 'SELECT id FROM auth_counters WHERE share_id IS NULL LIMIT 1';

const END_OF_SLICE = `
  SELECT at_ms, total_count FROM auth_counts WHERE counter = ? ORDER BY at_ms, total_count LIMIT 1 OFFSET ?`;

const DELETE_SLICE = 'DELETE FROM auth_counts WHERE counter = ? AND (at_ms, total_count) <= (?, ?)';

const DELETE_ALL = 'DELETE FROM auth_counts WHERE counter = ?';

const DELETE_COUNTER = 'DELETE FROM auth_counters WHERE id = ?';

/** What is counted of a split key by one scope, and how far that is; as its row, which was checked, has it. */
export interface CounterState {
  readonly id: number;
  readonly scopeKey: string;
  /** Whether each signature is counted, or what was signed before still is. */
  readonly isCounting: boolean;
  /** As far as the record has been looked at for what was signed before; 0 = not at all. */
  readonly seenEntry: number;
  /** Which count is the newest; 0 before the first. */
  readonly newestCount: number;
  readonly row: CounterRow;
}

/** Makes it where there is none, which counts nothing yet. Throws `RECORD.ALTERED`. */
export function counterOf(shareId: string, scopeKey: string, tables: CountTables): CounterState {
  const { statements, rows } = tables;
  const found = statements.first<CounterRow>(FIND, shareId, scopeKey);
  if (found !== undefined) return stateIn(found, tables);
  rows.begin(COVERED_COUNTERS, [statements.insertOne(CREATE, shareId, scopeKey)], statements);
  return counterOf(shareId, scopeKey, tables);
}

/**
 * Those of a split key.
 *
 * @param which `counting`: what the policy in force counts; `prepared`: also what was made ready for the next one
 */
export function countersOf(
  shareId: string,
  which: 'counting' | 'prepared',
  tables: CountTables,
): readonly CounterState[] {
  const found = tables.statements.all<CounterRow>(FIND_COUNTING, shareId, Number(which === 'counting'));
  return found.map((row) => stateIn(row, tables));
}

/** In the transaction from which on each signature is counted, when what was signed before has been. */
export function beginCounting(counter: CounterState, tables: CountTables): void {
  change(counter, { is_counting: 1 }, tables);
}

/** The record has been looked at for what was signed before, as far as this entry, and so many are counted by now. */
export function haveSeen(counter: CounterState, entry: number, newestCount: number, tables: CountTables): void {
  change(counter, { seen_entry: entry, newest_count: newestCount }, tables);
}

/** This is the newest count from now on. */
export function keepNewest(counter: CounterState, newestCount: number, tables: CountTables): void {
  change(counter, { newest_count: newestCount }, tables);
}

type Changed = Partial<Pick<CounterRow, 'is_counting' | 'seen_entry' | 'newest_count'>>;

/** To the next version of what was checked when it was read, in the same transaction. */
function change({ row }: CounterState, changed: Changed, { statements, rows }: CountTables): void {
  const next = { ...row, ...changed, version: row.version + 1 };
  const mac = rows.codeOf(COVERED_COUNTERS, next);
  statements.runOne(CHANGE, next.is_counting, next.seen_entry, next.newest_count, next.version, mac, row.id);
}

function stateIn(row: CounterRow, { rows }: CountTables): CounterState {
  if (!rows.isIntact(COVERED_COUNTERS, [row.id], row)) throw alteredRow();
  const { id, scope: scopeKey, seen_entry: seenEntry, newest_count: newestCount } = row;
  return { id, scopeKey, isCounting: row.is_counting !== 0, seenEntry, newestCount, row };
}

/**
 * Lets go of what a split key counted by any other scope than these, so that no number of policies one after the other
 * keeps more than a few counters. What is counted so again is counted anew from the record. The counts are deleted later
 * (`deleteLetGo`): there may be many.
 */
export function keepCounters(shareId: string, scopeKeys: ReadonlySet<string>, statements: Statements): void {
  letGo(shareId, ({ scope }) => !scopeKeys.has(scope), statements);
}

/** The same of what was made ready for another policy, which never came into force. */
export function keepPrepared(shareId: string, scopeKeys: ReadonlySet<string>, statements: Statements): void {
  letGo(shareId, ({ scope, is_counting }) => is_counting === 0 && !scopeKeys.has(scope), statements);
}

function letGo(shareId: string, which: (row: ScopeRow) => boolean, statements: Statements): void {
  for (const row of statements.all<ScopeRow>(FIND_ALL, shareId)) if (which(row)) statements.runOne(LET_GO, row.id);
}

/**
 * Deletes counts that belong to no split key any more, at most `most`, and a counter without any.
 *
 * @returns how many rows that were; 0 when nothing is left
 */
export function deleteLetGo(most: number, statements: Statements): number {
  const counter = statements.first<{ id: number }>(FIND_LET_GO);
  if (counter === undefined) return 0;
  const end = statements.first<{ at_ms: number; total_count: number }>(END_OF_SLICE, counter.id, most - 1);
  if (end !== undefined) return statements.run(DELETE_SLICE, counter.id, end.at_ms, end.total_count);
  const deleted = statements.run(DELETE_ALL, counter.id);
  statements.runOne(DELETE_COUNTER, counter.id);
  return deleted + 1;
}

type CounterRow = CoveredRow & {
  readonly id: number;
  readonly scope: string;
  readonly is_counting: number;
  readonly seen_entry: number;
  readonly newest_count: number;
  readonly version: number;
};

interface ScopeRow {
  readonly id: number;
  readonly scope: string;
  readonly is_counting: number;
}
