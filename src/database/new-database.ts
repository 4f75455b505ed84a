import { closeSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { DataSource } from 'typeorm';
import { dataSourceOptions } from './data-source.js';
import { checkSealingKeys } from './sealing-key-check.js';
import type { SealingKeyIds } from './sealing-key-check.js';
import { SealingKeyRow } from './sealing-key.entity.js';

/**
 * Makes an empty database for these sealing keys, migrated and synced. It appears whole or not at all: it is built under
 * another name, which a build that was cut off leaves behind for the next one to replace.
 *
 * Whoever calls owns the database (`DatabaseLock`) and has seen that there is none, or an empty file. Rejects with what
 * SQLite or the file system says.
 */
export async function createDatabase(database: string, keyIds: SealingKeyIds): Promise<void> {
  const draft = `${database}.initialising`;
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(`${draft}${suffix}`, { force: true });
  const dataSource = await new DataSource(dataSourceOptions(draft, [SealingKeyRow])).initialize();
  try {
    await dataSource.runMigrations();
    await checkSealingKeys(dataSource, keyIds);
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
