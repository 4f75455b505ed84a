import { DataSource } from 'typeorm';
import { markedDataSourceOptions } from '../../database/data-source.js';
import { runMigrations } from '../../database/known-migrations.js';
import { migrations } from '../../database/migrations/all-migrations.js';
import { withDatabase } from '../../database/start-checks.js';
import { StartError } from '../../errors/start-error.js';

/** A change of the tables, by its name, and whether the database has had it. */
export interface ShownMigration {
  readonly name: string;
  readonly isRun: boolean;
}

/** All of this release in their order. Throws `StartError`. */
export function shownMigrations(database: string): readonly ShownMigration[] {
  const run = withDatabase(database, { readonly: true }, (connection) => runMigrations(connection, database));
  return migrations.map(({ name }) => ({ name, isRun: run.includes(name) }));
}

/** Runs those that the database has not had, each in a transaction of its own. Resolves with their names. */
export function migrate(database: string): Promise<readonly string[]> {
  return withDataSource(database, async (dataSource) => {
    const done = await dataSource.runMigrations({ transaction: 'each' });
    return done.map(({ name }) => name);
  });
}

/**
 * Takes the newest back that the database has had; `undefined` when it has had none. Rejects with `StartError` when that
 * one cannot be taken back.
 */
export async function revertOne(database: string): Promise<string | undefined> {
  const last = shownMigrations(database)
    .filter(({ isRun }) => isRun)
    .at(-1);
  if (last === undefined) return undefined;
  try {
    await withDataSource(database, (dataSource) => dataSource.undoLastMigration({ transaction: 'each' }));
  } catch (error) {
    if (error instanceof StartError) throw error;
    throw new StartError(`${last.name} cannot be taken back: ${(error as Error).message}`, { cause: error });
  }
  return last.name;
}

async function withDataSource<T>(database: string, work: (dataSource: DataSource) => Promise<T>): Promise<T> {
  const dataSource = new DataSource(markedDataSourceOptions(database));
  await dataSource.initialize();
  try {
    return await work(dataSource);
  } finally {
    await dataSource.destroy();
  }
}
