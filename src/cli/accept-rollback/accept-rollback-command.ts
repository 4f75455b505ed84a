import { acceptRollback } from '../../audit/accept-rollback.js';
import { CheckpointFile } from '../../audit/log/checkpoint-file.js';
import type { KnownHead } from '../../audit/log/known-head.js';
import type { Clock } from '../../clock/clock.js';
import { SystemClock } from '../../clock/clock.js';
import type { KmsConfiguration } from '../../config/configuration.js';
import { loadConfiguration } from '../../config/load-configuration.js';
import { databaseState } from '../../database/database-files.js';
import { DatabaseLock } from '../../database/database-lock.js';
import { realPathOf } from '../../database/real-path.js';
import { checkDatabase } from '../../database/start-checks.js';
import { StartError } from '../../errors/start-error.js';
import { startFailure } from '../../start/start-failure.js';
import type { CommandOutput } from '../token.js';

const USAGE = 'usage: npm run accept-rollback -- HEAD';

/** What the command is given by whoever runs it. */
interface Surroundings {
  /** The process's own if `undefined`. */
  readonly environment?: NodeJS.ProcessEnv | undefined;
  readonly clock?: Clock;
}

/**
 * Has the service start on a database that is older than the last checkpoint of its log, because the newer one is lost.
 * What was revoked or restricted since then signs again. Recorded. Refuses while the service runs.
 *
 * @param words the command line after the script's name: the head that the refused start named
 * @returns the exit code: 0 when the rollback is accepted, else 1, and then nothing was changed
 */
export function runAcceptRollbackCommand(
  words: readonly string[],
  { out, error }: CommandOutput,
  { environment, clock = new SystemClock() }: Surroundings = {},
): number {
  const [head, ...more] = words;
  if (head === undefined || head === '' || head.startsWith('-') || more.length > 0) {
    error(USAGE);
    return 1;
  }
  try {
    out(accept(head, loadConfiguration(environment), clock, error));
    return 0;
  } catch (failure) {
    error(`cannot accept the rollback: ${startFailure(failure)}`);
    return 1;
  }
}

function accept(head: string, configuration: KmsConfiguration, clock: Clock, say: (line: string) => void): string {
  const { production, txnVerification } = configuration;
  const known = knownHead(configuration);
  if (known === undefined) throw new StartError('there is no checkpoint of the log, so nothing was rolled back');
  if (databaseState(configuration.database) !== 'there') {
    throw new StartError(`there is no database ${configuration.database}`);
  }
  const lock = DatabaseLock.acquire(configuration.database);
  try {
    const database = realPathOf(configuration.database);
    checkDatabase(database, { production, say });
    const { origin } = acceptRollback(database, { known, head }, clock, txnVerification);
    return `accepted; the log goes on as ${origin}. What was revoked or restricted since then signs again: do it anew`;
  } finally {
    lock.release();
  }
}

/** The last checkpoint outside the database; `undefined` when there is none. */
export function knownHead({ auditCheckpointFile }: KmsConfiguration): KnownHead | undefined {
  if (auditCheckpointFile === undefined) return undefined;
  const note = new CheckpointFile(auditCheckpointFile).newest();
  return note === undefined ? undefined : { note, where: `AUDIT_CHECKPOINT_FILE (${auditCheckpointFile})` };
}
