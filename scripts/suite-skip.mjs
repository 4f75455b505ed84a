import { narrate } from './project.mjs';
import { reportSuite } from './reports.mjs';

/**
 * Ends a suite that cannot run here, in one line that says why. It counts as one skipped test; where CI could have run
 * it (`demanded`), as a failed one, since nobody reads the log of a run that passed.
 *
 * @param {string} suite
 * @param {string} reason
 * @param {{ readonly demanded: boolean }} options
 * @returns {never}
 */
export function skipSuite(suite, reason, { demanded }) {
  const failed = demanded && process.env.CI === 'true';
  narrate(`${suite}: ${failed ? 'failed, since CI has to run it' : 'skipped'}: ${reason}`);
  reportSuite(suite, failed ? { passed: 0, failed: 1, skipped: 0 } : { passed: 0, failed: 0, skipped: 1 });
  process.exit(failed ? 1 : 0);
}
