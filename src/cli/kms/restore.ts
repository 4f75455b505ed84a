import { resolve } from 'node:path';
import { MalformedTlogError } from '../../audit/tlog/malformed-tlog-error.js';
import { loadConfiguration } from '../../config/load-configuration.js';
import { startFailure } from '../../start/start-failure.js';
import { decryptionFor } from '../age/decrypter.js';
import type { DecryptionOptions } from '../age/decrypter.js';
import { isUnsound, restoreDatabase } from '../restore/restore-database.js';
import { printable } from './printable.js';
import type { Terminal } from './terminal.js';

/** As the command line has them. */
export interface RestoreOptions extends DecryptionOptions {
  readonly vkey?: readonly string[];
  readonly checkpoints?: readonly string[];
}

/** Restores, and tells. Resolves with the exit code: 1 when the copy does not hold, 2 when it could not be looked at. */
export async function restore(name: string, options: RestoreOptions, terminal: Terminal): Promise<number> {
  // What SQLite makes beside the database is for its owner alone.
  process.umask(0o077);
  try {
    const lines = await restoreDatabase(loadConfiguration(), {
      file: resolve(name),
      decrypt: decryptionFor(options),
      vkeys: options.vkey ?? [],
      checkpoints: options.checkpoints ?? [],
      say: (line) => {
        terminal.error(printable(line));
      },
    });
    for (const line of lines) terminal.out(printable(line));
    return 0;
  } catch (error) {
    const why = error instanceof MalformedTlogError ? `--${error.message}` : startFailure(error);
    terminal.error(printable(`cannot restore: ${why}`));
    return isUnsound(error) ? 1 : 2;
  }
}
