import type BetterSqlite3 from 'better-sqlite3';
import { StartError } from '../errors/start-error.js';

/** A file is no sound SQLite database. */
export class DamagedDatabaseError extends StartError {}

/** Grows with every signature, by far the most of what does. */
const RECORD = 'audit_entries';
/** What a start may spend reading: about four seconds on an ordinary disk. */
const MOST_BYTES_IN_FULL = 512 * 2 ** 20;
/** From here on it takes long enough to say so. */
const LEAST_BYTES_TOLD = 64 * 2 ** 20;

/**
 * Checks that the file is a sound SQLite database, by `PRAGMA quick_check`. That reads all of it, about 110 MiB a second;
 * of a large database everything is checked but the record, which no signature and no key depends on.
 *
 * Throws `StartError` with what is wrong first.
 *
 * @param say hears what takes long
 */
export function checkStructure(
  connection: BetterSqlite3.Database,
  database: string,
  bytes: number,
  say: (line: string) => void,
): void {
  const size = `${Math.round(bytes / 2 ** 20)} MiB`;
  if (bytes <= MOST_BYTES_IN_FULL) {
    if (bytes >= LEAST_BYTES_TOLD) say(`checking the database (${size})`);
    check(connection, database, 'quick_check(1)');
    return;
  }
  say(`checking the database (${size}) but for its record; npm run restore checks the record of a copy too`);
  const tables = connection
    .prepare<[], string>("SELECT name FROM sqlite_master WHERE type = 'table' AND rootpage > 0 ORDER BY name")
    .pluck()
    .all();
  for (const table of ['sqlite_schema', ...tables]) {
    if (table !== RECORD) check(connection, database, `quick_check('${table.replaceAll("'", "''")}')`);
  }
}

function check(connection: BetterSqlite3.Database, database: string, pragma: string): void {
  const first = connection.pragma(pragma, { simple: true }) as string;
  if (first !== 'ok') throw damaged(database, first);
}

/** @param what SQLite's own words, which name pages and tables and never a value */
export function damaged(database: string, what: string): DamagedDatabaseError {
  const line = what.replace(/\s+/g, ' ').slice(0, 200);
  return new DamagedDatabaseError(
    `the database ${database} is damaged: restore a copy (npm run restore -- FILE); SQLite says: ${line}`,
  );
}
