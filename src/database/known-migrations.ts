import type BetterSqlite3 from 'better-sqlite3';
import { StartError } from '../errors/start-error.js';
import { migrations } from './migrations/all-migrations.js';

/**
 * How many of this release's migrations a database has had; at 0 nothing was ever in it. Throws `StartError` when it is no database of this service, or has had a migration that this release does not know: what that
 * one changed, this release would misread.
 */
export function countMigrations(connection: BetterSqlite3.Database, database: string): number {
  return runMigrations(connection, database).length;
}

/** The names of those that it has had, in their order. Throws `StartError` as {@link countMigrations} does. */
export function runMigrations(connection: BetterSqlite3.Database, database: string): readonly string[] {
  const tables = connection.prepare<[], string>("SELECT name FROM sqlite_master WHERE type = 'table'").pluck().all();
  if (tables.length === 0) return [];
  if (!tables.includes('migrations')) throw new StartError(`${database} is not a database of this service`);
  const names = connection.prepare<[], string>('SELECT name FROM migrations ORDER BY timestamp').pluck().all();
  const known = migrations.map(({ name }) => name);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new StartError(
      `the database ${database} was made or upgraded by a newer release (it has the migration ${shown(unknown)}): ` +
        'start that release, or restore a copy from before the upgrade',
    );
  }
  return names;
}

/** A name that somebody wrote into the file, fit for one line of a terminal. */
export function shown(name: string): string {
  return name.replace(/[^\w.-]/g, '?').slice(0, 80);
}
