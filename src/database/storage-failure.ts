import { codeOf } from '../errors/error-code.js';
import { isLocked } from './locked-database.js';

/** What SQLite says when it cannot read or write its files, by the beginning of the code. */
const CODES = ['SQLITE_FULL', 'SQLITE_READONLY', 'SQLITE_IOERR', 'SQLITE_CANTOPEN', 'SQLITE_CORRUPT', 'SQLITE_NOTADB'];

/** SQLite's code for what is wrong with its files, in an error or in what caused it; `undefined` when nothing is. */
export function storageFailureOf(error: unknown): string | undefined {
  const code = codeOf(error);
  if (code !== undefined && CODES.some((beginning) => code.startsWith(beginning))) return code;
  // Not `instanceof Error`: the driver's errors may come from another realm.
  return typeof error === 'object' && error !== null && 'cause' in error ? storageFailureOf(error.cause) : undefined;
}

/**
 * Whether SQLite says, in an error or in what caused it, that it could not write: its disk is full or read-only, or refused.
 * The transaction is undone then.
 */
export function isWriteFailure(error: unknown): boolean {
  return /^SQLITE_(FULL|READONLY|IOERR_(WRITE|FSYNC|TRUNCATE|DIR_FSYNC|SHMSIZE|SHMMAP|COMMIT_ATOMIC))/.test(
    storageFailureOf(error) ?? '',
  );
}

/** Why nothing can be written, for whoever asks: no path and no message, which could name one. */
export function whyNotWritten(error: unknown): string {
  if (isLocked(error) || codeOf(error) === 'DATABASE.BUSY') {
    return 'another program has locked it';
  }
  const code = storageFailureOf(error);
  if (code === 'SQLITE_FULL') return 'a test write failed: its disk is full';
  return `a test write failed${code === undefined ? '' : ` (${code})`}`;
}
