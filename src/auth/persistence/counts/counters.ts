import type { Statements } from '../../../database/statements.js';

const FIND = 'SELECT id, is_counting, seen_entry FROM auth_counters WHERE share_id = ? AND scope = ?';

const CREATE = 'INSERT INTO auth_counters (share_id, scope) VALUES (?, ?)';

const BEGIN_COUNTING = 'UPDATE auth_counters SET is_counting = 1 WHERE id = ?';

const HAVE_SEEN = 'UPDATE auth_counters SET seen_entry = ? WHERE id = ?';

const FIND_ALL = 'SELECT id, scope, is_counting FROM auth_counters WHERE share_id = ?';

const LET_GO = 'UPDATE auth_counters SET share_id = NULL, is_counting = 0 WHERE id = ?';

/** One whose split key is gone, or counts so no more: those stand together in the index of split key and scope. */
const FIND_LET_GO = 'SELECT id FROM auth_counters WHERE share_id IS NULL LIMIT 1';

const END_OF_SLICE = `
  SELECT at_ms, total_count FROM auth_counts WHERE counter = ? ORDER BY at_ms, total_count LIMIT 1 OFFSET ?`;

const DELETE_SLICE = 'DELETE FROM auth_counts WHERE counter = ? AND (at_ms, total_count) <= (?, ?)';

const DELETE_ALL = 'DELETE FROM auth_counts WHERE counter = ?';

const DELETE_COUNTER = 'DELETE FROM auth_counters WHERE id = ?';

/** What is counted of a split key by one scope, and how far that is. */
export interface CounterState {
  readonly id: number;
  /** Whether each signature is counted, or what was signed before still is. */
  readonly isCounting: boolean;
  /** As far as the record has been looked at for what was signed before; 0 = not at all. */
  readonly seenEntry: number;
}

/** Makes it where there is none, which counts nothing yet. */
export function counterOf(shareId: string, scopeKey: string, statements: Statements): CounterState {
  const row = statements.first<CounterStateRow>(FIND, shareId, scopeKey);
  return row === undefined
    ? { id: statements.insertOne(CREATE, shareId, scopeKey), isCounting: false, seenEntry: 0 }
    : { id: row.id, isCounting: row.is_counting !== 0, seenEntry: row.seen_entry };
}

/** In the transaction from which on each signature is counted, when what was signed before has been. */
export function beginCounting(id: number, statements: Statements): void {
  statements.runOne(BEGIN_COUNTING, id);
}

/** The record has been looked at for what was signed before, as far as this entry. */
export function haveSeen(id: number, entry: number, statements: Statements): void {
  statements.runOne(HAVE_SEEN, entry, id);
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

interface CounterStateRow {
  readonly id: number;
  readonly is_counting: number;
  readonly seen_entry: number;
}

interface ScopeRow {
  readonly id: number;
  readonly scope: string;
  readonly is_counting: number;
}
