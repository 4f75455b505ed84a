import { acceptRollback } from '../../audit/accept-rollback.js';
import { knownHead } from '../../audit/log/known-head.js';
import type { Clock } from '../../clock/clock.js';
import { SystemClock } from '../../clock/clock.js';
import type { KmsConfiguration } from '../../config/configuration.js';
import { loadConfiguration } from '../../config/load-configuration.js';
import { startFailure } from '../../start/start-failure.js';
import { onStoppedDatabase } from '../on-stopped-database.js';
import type { CommandOutput } from '../token.js';

const USAGE = 'usage: npm run accept-rollback -- HEAD';

/** What the command is given by whoever runs it. */
interface Surroundings {
  /** The process's own if `undefined`. */
  readonly environment?: NodeJS.ProcessEnv | undefined;
  readonly clock?: Clock;
}

/**
 * Has the service start on a database that is older than what is known of its log, because the newer one is lost.
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
  const known = knownHead(configuration.auditCheckpointFile);
  return onStoppedDatabase(configuration, say, (database) => {
    const { origin } = acceptRollback(database, { known, head }, clock, configuration.txnVerification);
    return `accepted; the log goes on as ${origin}. What was revoked or restricted since then signs again: do it anew`;
  });
}
