import type { KmsConfiguration } from '../../config/configuration.js';
import { refuseLogWithoutDatabase } from '../../config/key-and-database.js';
import { loadSealingKey } from '../../config/local-secrets.js';
import { SystemClock } from '../../clock/clock.js';
import { closeCustody } from '../../data-keys/custody.js';
import { openKeyRings } from '../../data-keys/open-key-rings.js';
import { databaseState, IN_MEMORY } from '../../database/database-files.js';
import { DatabaseLock } from '../../database/database-lock.js';
import { createDatabase } from '../../database/new-database.js';
import { realPathOf } from '../../database/real-path.js';
import { StartError } from '../../errors/start-error.js';
import { openConfiguredCustody } from '../../start/open-custody.js';

/**
 * Makes the database of a new installation: production starts on no database that was not made on purpose. Outside
 * production it makes the sealing key too if there is none. Resolves with the paths of the files that were made.
 *
 * Where a database exists already it changes nothing and rejects with `StartError`: in front of every start it would put
 * an empty database in the place of a lost one.
 */
export async function initialise(configuration: KmsConfiguration): Promise<readonly string[]> {
  const { database } = configuration;
  if (database === IN_MEMORY) throw new StartError('DATABASE is :memory:, which is new at every start');
  const lock = DatabaseLock.acquire(database);
  try {
    if (databaseState(database) === 'there')
      throw new StartError(`the database ${database} exists already; nothing was changed`);
    refuseLogWithoutDatabase(database);
    const { secret: sealingKey, generated } =
      configuration.kek.provider === 'file' ? loadSealingKey(configuration) : { secret: undefined, generated: [] };
    const custody = await openConfiguredCustody(configuration, { sealingKey });
    const now = new SystemClock().nowMilliseconds();
    try {
      await createDatabase(realPathOf(database), (connection) => openKeyRings(connection, custody, now));
    } finally {
      await closeCustody(custody);
    }
    return [...generated, database];
  } finally {
    lock.release();
  }
}
