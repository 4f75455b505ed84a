import { statfsSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import type BetterSqlite3 from 'better-sqlite3';
import { besideDatabase, sizeOf } from '../../database/database-files.js';
import { DatabaseLock } from '../../database/database-lock.js';
import { refuseForeignLog } from '../../database/foreign-log.js';
import { countMigrations } from '../../database/known-migrations.js';
import { migrations } from '../../database/migrations/all-migrations.js';
import { withDatabaseOpen } from '../../database/start-checks.js';
import { StartError } from '../../errors/start-error.js';
import { copyUnnamed } from './copy-unnamed.js';
import { removeLeftDrafts } from './drafts.js';
import { whatItHolds } from './what-it-holds.js';
import type { Held } from './what-it-holds.js';

/** One moment of a database, plain, in a file without a name. */
export interface Moment {
  readonly copy: FileHandle;
  readonly held: Held;
}

/** What a service beside us is to have left, whatever we take. */
const LEFT_FREE_BYTES = 64 * 2 ** 20;

/**
 * Copies one moment of a database, beside the service that has it or while none runs. Rejects with `StartError`.
 *
 * @param database the path of the file itself
 */
export async function readMoment(database: string): Promise<Moment> {
  // The log of a running service is its own; reading both while they change could say otherwise.
  if (!isServed(database)) refuseForeignLog(database);
  removeLeftDrafts(database);
  refuseFullDisk(database);
  return withDatabaseOpen(database, { readonly: true }, async (connection) => {
    connection.pragma('trusted_schema = OFF');
    connection.exec('BEGIN');
    refuseOtherReleases(connection, database);
    const held = whatItHolds(connection);
    return { copy: await copyUnnamed(connection, database), held };
  });
}

function isServed(database: string): boolean {
  try {
    DatabaseLock.acquire(database).release();
    return false;
  } catch (error) {
    if (error instanceof StartError) return true;
    throw error;
  }
}

/** The service signs nothing while its disk is full. */
function refuseFullDisk(database: string): void {
  const { bavail, bsize } = statfsSync(dirname(database));
  const needed = sizeOf(database) + sizeOf(besideDatabase(database, '-wal')) + LEFT_FREE_BYTES;
  if (bavail * bsize >= needed) return;
  throw new StartError(
    `a copy needs ${Math.ceil(needed / 2 ** 20)} MiB for a while on the disk of the database, which has not as much free`,
  );
}

function refuseOtherReleases(connection: BetterSqlite3.Database, database: string): void {
  const count = countMigrations(connection, database);
  if (count === migrations.length) return;
  throw new StartError(
    count === 0
      ? `the database ${database} has no tables: there is nothing to back up`
      : `the database ${database} is of an earlier release: start this one on it first, or copy it with sqlite3`,
  );
}
