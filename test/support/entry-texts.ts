import type { Statements } from '../../src/database/statements.js';

/** Adds an entry that nobody would write today: one of an earlier release, or a damaged one. */
export function insertEntry(said: object, statements: Statements): void {
  insertText(
    JSON.stringify({ at_ms: 1, outcome: 'approved', request_id: 'r', txn_verification: 'strict', ...said }),
    statements,
  );
}

/** The same of a text. */
export function insertText(entry: string, statements: Statements): void {
  statements.runOne('INSERT INTO audit_entries (entry) VALUES (?)', entry);
}
