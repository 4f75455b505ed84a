import { resolve } from 'node:path';
import { loadConfiguration } from '../../config/load-configuration.js';
import { decryptionFor } from '../age/decrypter.js';
import type { DecryptionOptions } from '../age/decrypter.js';
import { isUnsound, restoreDatabase } from '../restore/restore-database.js';
import { tell } from './leaf.js';
import { tellWhy } from './or-cannot.js';
import { printable } from './printable.js';
import type { Surroundings } from './terminal.js';

/** As the command line has them. */
export interface RestoreOptions extends DecryptionOptions {
  readonly vkey?: readonly string[];
  readonly checkpoints?: readonly string[];
  readonly record?: string;
  readonly json?: true;
}

/** Restores, and tells. Resolves with the exit code: 1 when the copy does not hold, 2 when it could not be looked at. */
export async function restore(name: string, options: RestoreOptions, around: Surroundings): Promise<number> {
  try {
    const restored = await restoreDatabase(loadConfiguration(around.environment), {
      file: resolve(name),
      decrypt: decryptionFor(options),
      vkeys: options.vkey ?? [],
      checkpoints: options.checkpoints ?? [],
      record: options.record === undefined ? undefined : resolve(options.record),
      say: (line) => {
        around.error(printable(line));
      },
    });
    tell(around, options.json, restored);
    return 0;
  } catch (error) {
    tellWhy(around, 'restore', error);
    return isUnsound(error) ? 1 : 2;
  }
}
