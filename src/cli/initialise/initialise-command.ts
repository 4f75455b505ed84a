import type { KmsConfiguration } from '../../config/configuration.js';
import { refuseLogWithoutDatabase } from '../../config/key-and-database.js';
import { loadConfiguration } from '../../config/load-configuration.js';
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
import { startFailure } from '../../start/start-failure.js';
import type { CommandOutput } from '../token.js';

const USAGE = 'usage: npm run initialise';

/**
 * Makes the database of a new installation: production starts on no database that was not made on purpose. Outside
 * production it makes the sealing key too if there is none. Where a database exists already it says so and changes nothing,
 * and that is a failure: in front of every start this command would put an empty database in the place of a lost one.
 *
 * @param words the command line after the script's name
 * @param environment the process's own if `undefined`
 * @returns the exit code: 0 when a database was made, else 1
 */
export async function runInitialiseCommand(
  words: readonly string[],
  { out, error }: CommandOutput,
  environment?: NodeJS.ProcessEnv,
): Promise<number> {
  if (words.length > 0) {
    error(USAGE);
    return 1;
  }
  try {
    const configuration = loadConfiguration(environment);
    for (const path of await initialise(configuration)) out(`made ${path} (mode 0600)`);
    const key =
      configuration.kek.provider === 'file'
        ? 'the sealing key'
        : `the key of KEK_PROVIDER=${configuration.kek.provider}`;
    out(`back ${key} up, apart from the database: without it nothing can be opened`);
    return 0;
  } catch (failure) {
    error(`cannot initialise: ${startFailure(failure)}`);
    return 1;
  }
}

/** The paths of the files that were made. */
async function initialise(configuration: KmsConfiguration): Promise<readonly string[]> {
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
