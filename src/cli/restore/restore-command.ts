import { resolve } from 'node:path';
import type { KmsConfiguration } from '../../config/configuration.js';
import { loadConfiguration } from '../../config/load-configuration.js';
import { readSealingKey } from '../../config/local-secrets.js';
import { IN_MEMORY } from '../../database/database-files.js';
import { DatabaseLock } from '../../database/database-lock.js';
import { realPathOf } from '../../database/real-path.js';
import { StartError } from '../../errors/start-error.js';
import { openCustody } from '../../start/open-custody.js';
import { startFailure } from '../../start/start-failure.js';
import type { CommandOutput } from '../token.js';
import { acceptIfOlder } from './accept-if-older.js';
import { checkCopy } from './check-copy.js';
import { copyDraft, removeDraft } from './draft.js';
import { swapIn } from './swap-in.js';

const USAGE = 'usage: npm run restore -- FILE';

/**
 * Puts a copy of the database in its place, after it has been checked in full; the old one is kept beside it. Refuses
 * while the service runs. A power cut at any moment leaves the old database or the new one, whole.
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
    for (const line of await restore(resolve(file), loadConfiguration(environment), error)) out(line);
    return 0;
  } catch (failure) {
    error(`cannot restore: ${startFailure(failure)}`);
    return 1;
  }
}

/** What was done, in lines. */
async function restore(
  file: string,
  configuration: KmsConfiguration,
  say: (line: string) => void,
): Promise<readonly string[]> {
  if (configuration.database === IN_MEMORY)
    throw new StartError('DATABASE is :memory:, which holds nothing to replace');
  const lock = DatabaseLock.acquire(configuration.database);
  try {
    const database = realPathOf(configuration.database);
    const custody = await openCustody(readSealingKey(configuration));
    try {
      const draft = copyDraft(file, database);
      const opened = await checkCopy(draft, custody, say);
      const accepted = acceptIfOlder(draft, configuration);
      const kept = swapIn(draft, database);
      return [
        `restored ${database} from ${file}: ${opened.join(', ')}, all of which open`,
        ...(accepted === undefined ? [] : [`it is older than the last checkpoint: its log goes on as ${accepted}`]),
        ...kept.map((path) => `the database that was there is kept as ${path}`),
        'what was revoked, restricted or deleted since the copy was made is not in it: do that again before you serve',
        'if somebody may have read the copy, keep in mind that it is worth as much as the database',
      ];
    } finally {
      removeDraft(database);
    }
  } finally {
    lock.release();
  }
}
