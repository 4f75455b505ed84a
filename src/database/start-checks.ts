import type BetterSqlite3 from 'better-sqlite3';
import { codeOf } from '../errors/error-code.js';
import { StartError } from '../errors/start-error.js';
import { besideDatabase, databaseState, IN_MEMORY, sizeOf } from './database-files.js';
import { refuseForeignLog } from './foreign-log.js';
import { countMigrations } from './known-migrations.js';
import { refuseOtherKeys } from './sealing-key-check.js';
import type { ConfiguredKeys } from './sealing-key-check.js';
import { SqliteDriver } from './sqlite-driver.js';
import { checkStructure, damaged } from './structure-check.js';

export interface StartChecks {
  /** There a database without tables was never initialised; elsewhere its first start was interrupted. */
  readonly production: boolean;
  /** Absent for a command that opens nothing sealed. */
  readonly keys?: ConfiguredKeys;
  /** Hears what takes long. */
  readonly say: (line: string) => void;
}

/**
 * Looks at a database before the service opens it, and changes nothing until all is well: whether what lies beside it
 * is its own, whether it is a database of this service, of no newer release, and sealed with this key, and whether it is
 * sound. Then takes its write-ahead log into the file and removes it, so that the service begins a new one.
 *
 * Throws `StartError`. Whoever calls owns the database (`DatabaseLock`) and has no connection to it.
 */
export function checkDatabase(database: string, { production, keys, say }: StartChecks): void {
  if (database === IN_MEMORY || databaseState(database) !== 'there') return;
  refuseForeignLog(database);
  withDatabase(database, { readonly: true }, (connection) => {
    if (countMigrations(connection, database) === 0) {
      if (!production) return;
      throw new StartError(
        `the database ${database} has no tables: move it away and make a new one, once: npm run initialise`,
      );
    }
    if (keys !== undefined) refuseOtherKeys(connection, keys);
    checkStructure(connection, database, sizeOf(database) + sizeOf(besideDatabase(database, '-wal')), say);
  });
  withDatabase(database, { readonly: false }, (connection) => connection.pragma('wal_checkpoint(TRUNCATE)'));
}

/** Opens the database for `work` alone. Throws `StartError` for whatever SQLite says of it. */
export function withDatabase<T>(
  database: string,
  { readonly }: { readonly readonly: boolean },
  work: (connection: BetterSqlite3.Database) => T,
): T {
  let connection: BetterSqlite3.Database | undefined;
  try {
    connection = new SqliteDriver(database, { readonly, fileMustExist: true });
    return work(connection);
  } catch (error) {
    throw reasonOf(database, error);
  } finally {
    connection?.close();
  }
}

/** The same for work that takes time. Rejects with `StartError` for whatever SQLite says of it. */
export async function withDatabaseOpen<T>(
  database: string,
  { readonly }: { readonly readonly: boolean },
  work: (connection: BetterSqlite3.Database) => Promise<T>,
): Promise<T> {
  let connection: BetterSqlite3.Database | undefined;
  try {
    connection = new SqliteDriver(database, { readonly, fileMustExist: true });
    return await work(connection);
  } catch (error) {
    throw reasonOf(database, error);
  } finally {
    connection?.close();
  }
}

function reasonOf(database: string, error: unknown): unknown {
  // Not by its class: the driver keeps the first one that it was given, of whichever copy of its module that was.
  const code = codeOf(error);
  return code?.startsWith('SQLITE_') === true ? unusable(database, code, (error as Error).message) : error;
}

function unusable(database: string, code: string, message: string): StartError {
  if (code === 'SQLITE_NOTADB') return new StartError(`DATABASE is not a SQLite database (${database})`);
  if (code.startsWith('SQLITE_CORRUPT')) return damaged(database, message);
  return new StartError(`the database ${database} cannot be used: ${message} (${code})`);
}
