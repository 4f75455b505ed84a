import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import type { KmsConfiguration } from '../config/configuration.js';
import { loadLocalSecrets } from '../config/local-secrets.js';
import type { SecretBytes } from '../crypto/secret-bytes.js';
import { DatabaseLock } from '../database/database-lock.js';

/** What one process alone may have at a time. */
export interface Possession {
  /** To be derived from at once, and wiped: see `openCustody`. Absent where another provider keeps the key. */
  readonly sealingKey: SecretBytes | undefined;
  /** The shared secret that checks tokens and mints; absent when only public keys check them. */
  readonly tokenSecret: SecretBytes | undefined;
  /** The paths of the files that were made just now. */
  readonly made: readonly string[];
  /** To be released when everything else has ended. */
  readonly lock: DatabaseLock;
}

/**
 * Makes this process the owner of the database, and reads the secrets or makes them, before anything else is written.
 * Throws `StartError`, with nothing left locked.
 */
export function takePossession(configuration: KmsConfiguration): Possession {
  const { database } = configuration;
  // Where the directory is missing nobody can own anything in it, and a start that is refused for its secrets makes none.
  // Processes that make the secrets at the same moment agree on them.
  if (!existsSync(dirname(database))) {
    const secrets = takeSecrets(configuration);
    return { ...secrets, lock: DatabaseLock.acquire(database) };
  }
  const lock = DatabaseLock.acquire(database);
  try {
    return { ...takeSecrets(configuration), lock };
  } catch (error) {
    lock.release();
    throw error;
  }
}

function takeSecrets(configuration: KmsConfiguration): Omit<Possession, 'lock'> {
  const { sealingKey, jwtSecret, generated } = loadLocalSecrets(configuration);
  return { sealingKey, tokenSecret: jwtSecret, made: generated };
}
