import type { KmsConfiguration } from '../config/configuration.js';
import { databaseState, IN_MEMORY } from '../database/database-files.js';
import { DatabaseLock } from '../database/database-lock.js';
import { realPathOf } from '../database/real-path.js';
import { checkDatabase } from '../database/start-checks.js';
import { StartError } from '../errors/start-error.js';

/**
 * Runs what an operator's command does to the database of a service that does not run: it is there, nobody else may have it
 * meanwhile, and it has been checked. Rejects with `StartError`, and with what `work` throws.
 *
 * @param work is given the path of the file itself, whatever links lead to it
 */
export async function onStoppedDatabase<T>(
  { database, production }: Pick<KmsConfiguration, 'database' | 'production'>,
  say: (line: string) => void,
  work: (database: string) => T | Promise<T>,
): Promise<T> {
  if (database === IN_MEMORY) throw new StartError('DATABASE is :memory:, which remembers nothing');
  if (databaseState(database) !== 'there') throw new StartError(`there is no database ${database}`);
  const lock = DatabaseLock.acquire(database);
  try {
    const file = realPathOf(database);
    checkDatabase(file, { production, say });
    return await work(file);
  } finally {
    lock.release();
  }
}
