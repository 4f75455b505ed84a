import { closeSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { realPathOf } from './real-path.js';

/** The database that lives in memory has no files. */
export const IN_MEMORY = ':memory:';

/**
 * What is there of a database, by its files alone: nothing; an empty file, which a first start makes before the sealing
 * key; a write-ahead log whose database is gone; or a file with something in it.
 */
export type DatabaseState = 'absent' | 'empty' | 'log alone' | 'there';

/** @param database a path; `:memory:` is always `there` */
export function databaseState(database: string): DatabaseState {
  if (database === IN_MEMORY || sizeOf(database) > 0) return 'there';
  // SQLite deletes the log of an empty database, and with it whatever was not in the database yet.
  if (sizeOf(besideDatabase(database, '-wal')) > 0) return 'log alone';
  return statSync(database, { throwIfNoEntry: false }) === undefined ? 'absent' : 'empty';
}

/** A file of SQLite's own beside the database: it takes the names from where a symbolic link leads. */
export function besideDatabase(database: string, suffix: '-wal' | '-shm' | '-journal'): string {
  return `${realPathOf(database)}${suffix}`;
}

/**
 * Makes the database as an empty file (mode 0600) if there is none, and whatever directory it needs. It says that a
 * first start has begun: a sealing key beside an empty file is no leftover. Throws what the file system says.
 */
export function reserveDatabase(database: string): void {
  mkdirSync(dirname(database), { recursive: true, mode: 0o700 });
  closeSync(openSync(database, 'a', 0o600));
}

/** In bytes; 0 when there is none. */
export function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
