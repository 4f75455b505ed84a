import { statSync } from 'node:fs';
import type { Stats } from 'node:fs';
import { dirname } from 'node:path';
import { ConfigurationError } from './configuration-error.js';
import type { KmsConfiguration } from './configuration.js';

type Stored = Pick<KmsConfiguration, 'database' | 'dataDirectory'>;

const BY_GROUP_OR_OTHERS = 0o022;
const BY_OTHERS = 0o002;

/**
 * Throws `ConfigurationError` when every user of this machine may write to the database: what it says of owners, lists and
 * revocations is then anybody's. For production; elsewhere {@link databaseWarnings} tells of it.
 */
export function refuseOpenDatabase({ database }: Pick<Stored, 'database'>): void {
  if (!partsOf(database).some((part) => isWritable(statusOf(part), BY_OTHERS))) return;
  throw new ConfigurationError(
    'DATABASE',
    'can be written by every user of this machine: chmod 600 it, and look at what is in it',
  );
}

/** What to say of a database, and of its folder where that is not `DATA_DIR`, that others can change. One line each. */
export function databaseWarnings({ database, dataDirectory }: Stored): string[] {
  if (database === ':memory:') return [];
  const folder = dirname(database);
  const parts = partsOf(database).map(statusOf);
  return [
    ...(folder !== dataDirectory && isWritable(statusOf(folder), BY_GROUP_OR_OTHERS)
      ? ['the folder of DATABASE can be written by other users of this machine, who can replace the database']
      : []),
    ...(parts.some((status) => isWritable(status, BY_GROUP_OR_OTHERS))
      ? ['DATABASE can be written by other users of this machine, who can change what is in it']
      : []),
    ...([...parts, statusOf(folder)].some(isAnothers)
      ? ['DATABASE or its folder belongs to another user of this machine, who can change what is in it']
      : []),
  ];
}

/** The file, and what SQLite keeps beside it. */
function partsOf(database: string): string[] {
  return database === ':memory:' ? [] : ['', '-wal', '-shm'].map((suffix) => `${database}${suffix}`);
}

/** `undefined` also for what may not be looked at: whoever opens it says why. */
function statusOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

function isWritable(status: Stats | undefined, by: number): boolean {
  return status !== undefined && (status.mode & by) !== 0;
}

/** Neither ours nor root's, to whom volumes often belong. */
function isAnothers(status: Stats | undefined): boolean {
  const own = process.getuid?.();
  return status !== undefined && own !== undefined && status.uid !== own && status.uid !== 0;
}
