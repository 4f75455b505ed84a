import { closeSync, existsSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type BetterSqlite3 from 'better-sqlite3';
import { codeOf } from '../errors/error-code.js';
import { StartError } from '../errors/start-error.js';
import { realPathOf } from './real-path.js';
import { SqliteDriver } from './sqlite-driver.js';

/** Another process owns the database: the service, or a command that changes it. */
export class DatabaseInUseError extends StartError {}

/** Two starts at the same instant can be in each other's way for a moment; then one of them has it. */
const PATIENCE_MS = 1_000;

/**
 * Makes one process the owner of a database file: the service, or a command that changes the database. What the owner
 * holds is an exclusive transaction on an empty SQLite file beside the database, which ends with the process however
 * that ends, so that nothing is ever left to be cleaned up. The database itself stays open to readers, such as
 * `sqlite3 kms.sqlite ".backup copy.sqlite"`.
 *
 * The lock file is never removed: whoever did could let two processes in, each with a file of its own.
 */
export class DatabaseLock {
  /** A connection that nobody refers to is closed by the garbage collector, and its lock ends with it. */
  static readonly #held = new Set<BetterSqlite3.Database>();
  readonly #connection: BetterSqlite3.Database | undefined;

  private constructor(connection: BetterSqlite3.Database | undefined) {
    this.#connection = connection;
    if (connection !== undefined) DatabaseLock.#held.add(connection);
  }

  /**
   * To be taken before anything of the database is read or written. A database in memory needs none.
   *
   * Makes the database's directory if it is missing. Throws `StartError`: another process has the database, it goes by
   * two names, or the lock file cannot be made or locked.
   *
   * @param database an absolute path, or `:memory:`
   */
  static acquire(database: string): DatabaseLock {
    if (database === ':memory:') return new DatabaseLock(undefined);
    try {
      const file = placeOf(database);
      refuseSecondName(file);
      return new DatabaseLock(lock(`${file}.lock`));
    } catch (error) {
      throw isOfFile(error) ? unusable(error) : error;
    }
  }

  /** To be called last, when the database is closed. May be called again. */
  release(): void {
    if (this.#connection === undefined) return;
    this.#connection.close();
    DatabaseLock.#held.delete(this.#connection);
  }
}

/** Where the database is or will be, in a directory that is there. */
function placeOf(database: string): string {
  makeDirectory(dirname(database));
  const file = realPathOf(database);
  // A link may lead to where no directory is yet.
  makeDirectory(dirname(file));
  return file;
}

function makeDirectory(directory: string): void {
  if (!existsSync(directory)) mkdirSync(directory, { recursive: true, mode: 0o700 });
}

/** Under another name the file would have another lock, and another write-ahead log, which destroys it. */
function refuseSecondName(file: string): void {
  if ((statSync(file, { throwIfNoEntry: false })?.nlink ?? 1) < 2) return;
  throw new StartError(
    'DATABASE is a file with a second name (a hard link), by which another process could open it unnoticed: ' +
      'remove the other name, or copy the file',
  );
}

function lock(file: string): BetterSqlite3.Database {
  makeOwnersOnly(file);
  const connection = new SqliteDriver(file, { timeout: PATIENCE_MS });
  try {
    connection.exec('BEGIN EXCLUSIVE');
    return connection;
  } catch (error) {
    connection.close();
    if (codeOf(error) !== 'SQLITE_BUSY') throw error;
    throw new DatabaseInUseError(
      'DATABASE is in use by another process: stop that one first (fuser, asked for the .lock file beside the ' +
        'database, tells which it is), or give this one a DATA_DIR or DATABASE of its own',
    );
  }
}

function makeOwnersOnly(file: string): void {
  // Never opened here once it is there: closing it would end the locks that this process may have on it.
  if (statSync(file, { throwIfNoEntry: false }) !== undefined) return;
  try {
    closeSync(openSync(file, 'wx', 0o600));
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  }
}

/** What comes of the file, and not of a driver that cannot be loaded, which happens here first of all. */
function isOfFile(error: unknown): boolean {
  return !(error instanceof StartError) && /^(SQLITE_\w+|E(?!MFILE|NFILE)[A-Z0-9]+)$/.test(codeOf(error) ?? '');
}

function unusable(error: unknown): StartError {
  return new StartError(
    `DATABASE cannot be used: a .lock file beside it could not be made and locked (${codeOf(error) ?? ''}); ` +
      'it must be in a directory of a local disk to which this user may write',
    { cause: error },
  );
}
