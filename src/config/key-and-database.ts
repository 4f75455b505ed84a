import { dirname } from 'node:path';
import { besideDatabase, databaseState, IN_MEMORY, reserveDatabase } from '../database/database-files.js';
import { codeOf } from '../errors/error-code.js';
import { StartError } from '../errors/start-error.js';
import { ConfigurationError } from './configuration-error.js';
import type { KmsConfiguration } from './configuration.js';
import { syncDirectory } from './secret-file.js';

// The sealing key and the database belong together: either without the other is somebody's mistake, and going on would hide it.
// Every case is in docs/configuration.md, "Sealing key and database".

const PUT_IT_BACK = 'put it back (npm run restore -- FILE restores a copy)';

/** Throws when a database exists whose sealing key is missing: a new key could never open it. */
export function refuseDatabaseWithoutKey({ database }: KmsConfiguration): void {
  if (database === IN_MEMORY) return;
  const state = databaseState(database);
  if (state === 'there' || state === 'log alone') {
    throw new ConfigurationError(
      'DATA_DIR',
      'holds no sealing-key, but the database exists and cannot be read without it: ' +
        'restore the file from your copy, or name it in SEALING_KEY_FILE',
    );
  }
}

/**
 * Before a sealing key is made: the database as an empty file, synced. So a start that was cut off between the two is
 * told from one whose database is gone, and the next one goes on.
 */
export function beginFirstStart({ database }: KmsConfiguration): void {
  if (database === IN_MEMORY) return;
  try {
    reserveDatabase(database);
    syncDirectory(dirname(database));
  } catch (error) {
    throw new ConfigurationError('DATABASE', `cannot be made (${codeOf(error) ?? 'unknown error'})`);
  }
}

/**
 * Throws when the sealing key is there and its database is not: a new and empty one in its place would look as if every
 * wallet had been deleted, while the real one waits at a path with a typing error, or on a volume that is not mounted.
 */
export function refuseKeyWithoutDatabase(configuration: KmsConfiguration): void {
  const { database, production } = configuration;
  const state = databaseState(database);
  if (state === 'there' || (state === 'empty' && !production)) return;
  refuseLogWithoutDatabase(database);
  const missing = state === 'empty' ? 'is an empty file' : 'does not exist';
  if (sealingKeyFileOf(configuration) !== undefined) {
    throw new StartError(
      `SEALING_KEY_FILE is there, but the database ${database} ${missing}: ${PUT_IT_BACK}, or make a new one, once: ` +
        'npm run initialise (in a container: node dist/cli/kms.js init)',
    );
  }
  throw new StartError(
    `DATA_DIR holds a sealing-key, but the database ${database} ${missing}: ${PUT_IT_BACK}, or, for a new one, remove the ` +
      'leftover DATA_DIR/sealing-key (keep it elsewhere while any copy of that database exists)',
  );
}

/**
 * Whether the database is there, for a key that is kept elsewhere and does not tell. Throws `StartError` in production when
 * it is not, and everywhere when its log is all there is.
 */
export function requireDatabaseInProduction({ database, production }: KmsConfiguration): boolean {
  const state = databaseState(database);
  if (database === IN_MEMORY || state === 'there') return true;
  refuseLogWithoutDatabase(database);
  if (!production) return false;
  throw new StartError(
    `the database ${database} ${state === 'empty' ? 'is an empty file' : 'does not exist'}: ${PUT_IT_BACK}, or make a ` +
      'new one, once: npm run initialise (in a container: node dist/cli/kms.js init)',
  );
}

/** The operator's own key file; `undefined`: ours, in the data directory, or none. */
export function sealingKeyFileOf({ kek }: Pick<KmsConfiguration, 'kek'>): string | undefined {
  return kek.provider === 'file' ? kek.file : undefined;
}

/** Throws when the write-ahead log is all there is: SQLite would delete it beside a new database, and what it holds. */
export function refuseLogWithoutDatabase(database: string): void {
  if (databaseState(database) !== 'log alone') return;
  const log = besideDatabase(database, '-wal');
  throw new StartError(
    `the database ${database} is missing or empty, but its write-ahead log ${log} is there: ${PUT_IT_BACK}`,
  );
}
