import { acceptTime } from '../../audit/accept-time.js';
import type { Clock } from '../../clock/clock.js';
import { SystemClock } from '../../clock/clock.js';
import type { KmsConfiguration } from '../../config/configuration.js';
import { loadConfiguration } from '../../config/load-configuration.js';
import { startFailure } from '../../start/start-failure.js';
import { onStoppedDatabase } from '../on-stopped-database.js';
import type { CommandOutput } from '../token.js';

const USAGE = 'usage: npm run accept-time';

/** What the command is given by whoever runs it. */
interface Surroundings {
  /** The process's own if `undefined`. */
  readonly environment?: NodeJS.ProcessEnv | undefined;
  readonly clock?: Clock;
}

/**
 * Has the service believe the machine's clock again, which is behind the time that it believed before: because that one
 * had been wrong. What had expired in between is valid again. Recorded. Refuses while the service runs.
 *
 * @param words the command line after the script's name
 * @returns the exit code: 0 when the clock is believed now, else 1, and then nothing was changed
 */
export function runAcceptTimeCommand(
  words: readonly string[],
  { out, error }: CommandOutput,
  { environment, clock = new SystemClock() }: Surroundings = {},
): number {
  if (words.length > 0) {
    error(USAGE);
    return 1;
  }
  try {
    out(accept(loadConfiguration(environment), clock, error));
    return 0;
  } catch (failure) {
    error(`cannot accept the time: ${startFailure(failure)}`);
    return 1;
  }
}

function accept(configuration: KmsConfiguration, clock: Clock, say: (line: string) => void): string {
  return onStoppedDatabase(configuration, say, (database) => {
    const accepted = acceptTime(database, clock, configuration.txnVerification);
    if (accepted === undefined) return 'the clock is not behind: nothing was changed';
    const { before, now } = accepted;
    return `accepted ${shown(now)}; until now ${shown(before)} was believed. Split keys that expired in between sign again`;
  });
}

function shown(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
