import { setTimeout } from 'node:timers/promises';
import { DomainError } from '../errors/domain-error.js';
import { codeOf } from '../errors/error-code.js';

/**
 * How long work waits for a lock that somebody else has on the database, such as a `sqlite3` shell or a backup, counted
 * from when it was asked for. Much longer than the locks of tools that know what they do, shorter than clients wait.
 */
export const PATIENCE_MS = 2_000;

/** The time between two attempts. One takes some microseconds. */
export const PAUSE_MS = 10;

/**
 * Whether SQLite could do nothing because of a lock of somebody else's. Such a statement has had no effect, and its
 * transaction is as it was (sqlite.org/rescode.html#busy). `SQLITE_PROTOCOL` is the same for locks of the log's index.
 */
export function isLocked(error: unknown): boolean {
  const code = codeOf(error);
  return code !== undefined && (code.startsWith('SQLITE_BUSY') || code === 'SQLITE_PROTOCOL');
}

/** What is told when the patience is at its end. */
export function databaseBusy(cause: unknown): DomainError {
  return new DomainError('DATABASE.BUSY', 'the database is locked by another program; nothing was changed', { cause });
}

/**
 * Makes an attempt at once, and again after pauses for as long as it fails for somebody else's lock: never by waiting
 * in the driver, which would stop the whole process. Rejects with `DATABASE.BUSY` when that takes too long, and with
 * whatever else an attempt throws.
 */
export async function patiently<T>(attempt: () => T | Promise<T>): Promise<T> {
  try {
    return await attempt();
  } catch (error) {
    return patientlyAfter(error, attempt);
  }
}

/** The rest of {@link patiently}, for whoever has made the first attempt and met `failure`. */
export async function patientlyAfter<T>(failure: unknown, attempt: () => T | Promise<T>): Promise<T> {
  const giveUpAt = performance.now() + PATIENCE_MS;
  for (let latest = failure; ;) {
    if (!isLocked(latest)) throw latest;
    if (performance.now() >= giveUpAt) throw databaseBusy(latest);
    await setTimeout(PAUSE_MS);
    try {
      return await attempt();
    } catch (error) {
      latest = error;
    }
  }
}
