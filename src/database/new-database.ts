import { closeSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import type BetterSqlite3 from 'better-sqlite3';
import { DataSource } from 'typeorm';
import { dataSourceOptions } from './data-source.js';
import { rawConnection } from './raw-connection.js';

/**
 * Makes an empty database, migrated and synced. It appears whole or not at all: it is built under
 * another name, which a build that was cut off leaves behind for the next one to replace.
 *
 * Whoever calls owns the database (`DatabaseLock`) and has seen that there is none, or an empty file. Rejects with what
 * SQLite or the file system says, or with what `prepare` does.
 *
 * @param prepare keeps in it what has to be there from the beginning
 */
export async function createDatabase(
  database: string,
  prepare: (connection: BetterSqlite3.Database) => Promise<unknown>,
): Promise<void> {
  const draft = `${database}.initialising`;
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(`${draft}${suffix}`, { force: true });
  const dataSource = await new DataSource(dataSourceOptions(draft)).initialize();
  try {
    await dataSource.runMigrations();
    await prepare(rawConnection(dataSource));
  } finally {
    // The last connection takes the write-ahead log into the file, and removes it.
    await dataSource.destroy();
  }
  syncPath(draft);
  renameSync(draft, database);
  syncPath(dirname(database));
}

/** Makes a file's content, or the names in a directory, durable. */
export function syncPath(path: string): void {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
