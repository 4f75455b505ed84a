import type { Statements } from '../../database/statements.js';

/** A checkpoint as it was signed. */
export interface KeptCheckpoint {
  readonly origin: string;
  readonly size: number;
  readonly atMilliseconds: number;
  readonly note: string;
}

const NEWEST = `SELECT origin, size, at_ms AS atMilliseconds, note FROM audit_checkpoints
  WHERE origin = ? ORDER BY size DESC LIMIT 1`;

const INSERT = 'INSERT INTO audit_checkpoints (origin, size, at_ms, note) VALUES (?, ?, ?, ?)';

const BEHIND = `SELECT origin, size, at_ms AS atMilliseconds, note FROM audit_checkpoints
  WHERE origin = ? AND size > ? ORDER BY size LIMIT ?`;

const FIRST_ENTRY_BEHIND = `SELECT coalesce(entry ->> '$.at_ms', 0) AS atMilliseconds FROM audit_entries
  WHERE id > ? ORDER BY id LIMIT 1`;

/** When the oldest entry behind the first so many was recorded; `undefined` when there is none. */
export function oldestBehind(size: number, statements: Statements): number | undefined {
  return statements.first<{ atMilliseconds: number }>(FIRST_ENTRY_BEHIND, size)?.atMilliseconds;
}

/** The next ones of a name that are larger, the smallest first. */
export function checkpointsBehind(
  { origin, size }: Pick<KeptCheckpoint, 'origin' | 'size'>,
  most: number,
  statements: Statements,
): readonly KeptCheckpoint[] {
  return statements.all<KeptCheckpoint>(BEHIND, origin, size, most);
}

/** The largest of a name; `undefined` when it has none. */
export function newestCheckpoint(origin: string, statements: Statements): KeptCheckpoint | undefined {
  return statements.first<KeptCheckpoint>(NEWEST, origin);
}

/** Throws what SQLite says, also when there is one of this size or a larger one. */
export function keepCheckpoint({ origin, size, atMilliseconds, note }: KeptCheckpoint, statements: Statements): void {
  statements.runOne(INSERT, origin, size, atMilliseconds, note);
}
