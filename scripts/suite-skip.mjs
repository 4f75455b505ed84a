import { narrate } from './project.mjs';
import { reportSuite } from './reports.mjs';

/**
 * Says in one line why something does not run here, and gives how it counts: as one skipped test; where CI could have run
 * it (`demanded`), as a failed one, since nobody reads the log of a run that passed.
 *
 * @param {string} what
 * @param {string} reason
 * @param {{ readonly demanded: boolean }} options
 * @returns {import('./count-run.mjs').Counts}
 */
export function skipped(what, reason, { demanded }) {
  const failed = demanded && process.env.CI === 'true';
  narrate(`${what}: ${failed ? 'failed, since CI has to run it' : 'skipped'}: ${reason}`);
  return failed ? { passed: 0, failed: 1, skipped: 0 } : { passed: 0, failed: 0, skipped: 1 };
}

/**
 * Ends a suite that cannot run here as `skipped` says.
 *
 * @param {string} suite
 * @param {string} reason
 * @param {{ readonly demanded: boolean }} options
 * @returns {never}
 */
export function skipSuite(suite, reason, options) {
  const counts = skipped(suite, reason, options);
  reportSuite(suite, counts);
  process.exit(counts.failed === 0 ? 0 : 1);
}
