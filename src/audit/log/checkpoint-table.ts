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

/** The largest of a name; `undefined` when it has none. */
export function newestCheckpoint(origin: string, statements: Statements): KeptCheckpoint | undefined {
  return statements.first<KeptCheckpoint>(NEWEST, origin);
}

/** Throws what SQLite says, also when there is one of this size or a larger one. */
export function keepCheckpoint({ origin, size, atMilliseconds, note }: KeptCheckpoint, statements: Statements): void {
  statements.runOne(INSERT, origin, size, atMilliseconds, note);
}
