import { constants, copyFileSync, existsSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { besideDatabase, sizeOf } from '../../database/database-files.js';
import { isLogOf } from '../../database/foreign-log.js';
import { syncPath } from '../../database/new-database.js';
import { SqliteDriver } from '../../database/sqlite-driver.js';
import { StartError } from '../../errors/start-error.js';

/**
 * Puts the draft in the database's place. Returns where the old database is kept.
 *
 * The order is the point of it. The old database first takes its own log into itself, so that it is whole without any
 * other file, and is copied to its other name; then one rename replaces it. A log that it cannot take (it is damaged, or
 * the log is another's) is moved away with it: such a database was not whole before either. Throws `StartError` while another program reads it.
 */
export function swapIn(draft: string, database: string): readonly string[] {
  const keptAs = `${database}.replaced-${new Date().toISOString().replace(/[-:]|\.\d+/g, '')}`;
  syncPath(draft);
  takeLogIn(database);
  const kept = existsSync(database) && sizeOf(database) > 0 ? [keptAs] : [];
  if (kept.length > 0) {
    // No hard link: a database with two names is refused, and that is what a power cut would leave.
    copyFileSync(database, keptAs, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
    syncPath(keptAs);
  }
  for (const suffix of ['-wal', '-journal'] as const) {
    const log = besideDatabase(database, suffix);
    if (sizeOf(log) === 0) continue;
    renameSync(log, `${keptAs}${suffix}`);
    kept.push(`${keptAs}${suffix}`);
  }
  syncPath(dirname(database));
  renameSync(draft, database);
  for (const suffix of ['-wal', '-shm', '-journal'] as const) rmSync(besideDatabase(database, suffix), { force: true });
  syncPath(dirname(database));
  return kept;
}

/** As far as it is the database's own and SQLite can. */
function takeLogIn(database: string): void {
  const log = besideDatabase(database, '-wal');
  if (sizeOf(log) === 0 || sizeOf(database) === 0 || !isLogOf(database, log)) return;
  try {
    const connection = new SqliteDriver(database, { fileMustExist: true });
    try {
      // Moving the log of a sound database away would leave it without its last writes, should the power be cut then.
      const isBusy = connection.pragma('wal_checkpoint(TRUNCATE)', { simple: true }) !== 0;
      if (isBusy) throw new StartError('another program is reading the database: end it first');
    } finally {
      connection.close();
    }
  } catch (error) {
    if (error instanceof StartError) throw error;
    // A damaged database is what one restores for: it is kept as it is, with its log.
  }
}
