import type BetterSqlite3 from 'better-sqlite3';
import type { DataSourceOptions, EntitySchema, MixedList } from 'typeorm';
import { markLog } from './log-mark.js';
import { migrations } from './migrations/all-migrations.js';
import { SqliteDriver } from './sqlite-driver.js';

/** TypeORM's options for this driver. */
type SqliteOptions = Extract<DataSourceOptions, { type: 'better-sqlite3' }>;

/** What TypeORM calls the driver's connection. */
type SqliteConnection = BetterSqlite3.Database;

/**
 * The options of the one DataSource, for the server, the tests and TypeORM's command line.
 *
 * The schema comes from the migrations alone (`synchronize` is off everywhere). WAL with `synchronous=FULL`:
 * a write that was acknowledged survives power loss. `secure_delete` overwrites deleted rows, so that a
 * deleted wallet's sealed keys do not linger in free pages.
 *
 * @param database a file path, or `:memory:`
 */
export function dataSourceOptions(
  database: string,
  // TypeORM's own type for "classes or schemas"; a class is any constructor.
  entities: MixedList<string | EntitySchema | (new () => object)> = [],
): SqliteOptions {
  return {
    type: 'better-sqlite3',
    driver: SqliteDriver,
    database,
    entities,
    migrations: [...migrations],
    migrationsTransactionMode: 'each',
    synchronize: false,
    logging: false,
    prepareDatabase: (connection: SqliteConnection) => {
      // At the start only: UnitOfWork turns it off.
      connection.pragma('busy_timeout = 5000');
      connection.pragma('journal_mode = WAL');
      connection.pragma('synchronous = FULL');
      connection.pragma('foreign_keys = ON');
      connection.pragma('secure_delete = ON');
    },
  };
}

/**
 * The same for whoever writes for longer than a moment: the first thing that is written says which write-ahead log is the
 * database's own. There must be none yet; see `checkDatabase`.
 */
export function markedDataSourceOptions(...asked: Parameters<typeof dataSourceOptions>): DataSourceOptions {
  const options = dataSourceOptions(...asked);
  return {
    ...options,
    prepareDatabase: (connection: SqliteConnection) => {
      void options.prepareDatabase?.(connection);
      markLog(connection, options.database);
    },
  };
}
