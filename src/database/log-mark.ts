import type BetterSqlite3 from 'better-sqlite3';
import { besideDatabase, IN_MEMORY } from './database-files.js';
import { readLogHeader } from './write-ahead-log.js';
import type { LogHeader } from './write-ahead-log.js';

/**
 * The mark in the database's header that says which write-ahead log is its own (docs/adr/0022). SQLite itself puts
 * any valid log into whatever database it lies beside.
 *
 * A log keeps one number from the making of its file to its removal: salt minus restarts. The mark is that number, moved by
 * the schema cookie, in `user_version`, which is ours to use. SQLite's own ways to copy a database (`.backup`,
 * `VACUUM INTO`, `.dump`) give the copy another cookie, so a copy has no log.
 */

/** `wal_checkpoint(TRUNCATE)` by somebody else's connection moves the number by one. */
const MOST_STEPS = 4_096;
/** Where somebody else's connection began the log anew, its count of restarts is no longer ours. */
const MOST_RESTARTS_BY_OTHERS = 65_536;
/** SQLite's own default, in pages. */
const CHECKPOINT_PAGES = 1_000;

/** What the database file's own first page says, the log left out. */
export interface DatabaseHeader {
  readonly schemaCookie: number;
  /** 0 in a database that no release with marks has opened. */
  readonly mark: number;
}

/** @param page the first 100 bytes of a database file, or more */
export function databaseHeader(page: Buffer): DatabaseHeader {
  return { schemaCookie: page.readUInt32BE(40), mark: page.readUInt32BE(60) };
}

export function isOwnLog({ mark, schemaCookie }: DatabaseHeader, log: LogHeader): boolean {
  const number = mark - spread(schemaCookie);
  const steps = (log.salt - log.restarts - number) >>> 0;
  return steps < MOST_STEPS || (log.salt - number) >>> 0 < MOST_RESTARTS_BY_OTHERS;
}

/**
 * Marks the database on a connection whose write-ahead log is new, before anything else is written: in the database file
 * itself, synced. It is also the proof that the database can be written. Until {@link settleMark} nothing that is in the
 * log goes into the database file, so that its header stays true to its mark while migrations change the schema.
 *
 * Throws what SQLite says.
 */
export function markLog(connection: BetterSqlite3.Database, database: string): void {
  if (database === IN_MEMORY) return;
  connection.pragma('wal_autocheckpoint = 0');
  // The first write makes the log, and with it the number.
  connection.pragma('user_version = 0');
  writeMark(connection, database);
  connection.pragma('wal_checkpoint(TRUNCATE)');
}

/** After the migrations: marks the database again, since they changed the schema cookie. */
export function settleMark(connection: BetterSqlite3.Database, database: string): void {
  if (database === IN_MEMORY) return;
  writeMark(connection, database);
  connection.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
}

function writeMark(connection: BetterSqlite3.Database, database: string): void {
  const log = readLogHeader(besideDatabase(database, '-wal'));
  // Nothing was written since the last mark.
  if (log === undefined) return;
  const schemaCookie = connection.pragma('schema_version', { simple: true }) as number;
  connection.pragma(`user_version = ${(log.salt - log.restarts + spread(schemaCookie)) | 0}`);
}

/** Cookies are small numbers, and neighbours must not look like steps: multiplied by 2^32 over the golden ratio. */
function spread(schemaCookie: number): number {
  return Math.imul(schemaCookie, 0x9e3779b1);
}
