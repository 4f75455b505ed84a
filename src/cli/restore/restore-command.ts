import { resolve } from 'node:path';
import { loadConfiguration } from '../../config/load-configuration.js';
import { startFailure } from '../../start/start-failure.js';
import type { CommandOutput } from '../token.js';
import { restoreDatabase } from './restore-database.js';

const USAGE = 'usage: npm run restore -- FILE';

/**
 * `npm run restore`: as `kms restore` does it, of a copy that is not encrypted.
 *
 * @param words the command line after the script's name
 * @param environment the process's own if `undefined`
 * @returns the exit code: 0 when the copy is in its place, else 1, and then the database is as it was
 */
export async function runRestoreCommand(
  words: readonly string[],
  { out, error }: CommandOutput,
  environment?: NodeJS.ProcessEnv,
): Promise<number> {
  const [file, ...more] = words;
  if (file === undefined || file === '' || file.startsWith('-') || more.length > 0) {
    error(USAGE);
    return 1;
  }
  try {
    const order = { file: resolve(file), say: error };
    for (const line of await restoreDatabase(loadConfiguration(environment), order)) out(line);
    return 0;
  } catch (failure) {
    error(`cannot restore: ${startFailure(failure)}`);
    return 1;
  }
}
