// node scripts/count-tests.mjs <exit code of npm test> [<suite>=<exit code> …]: prints `N passed, N failed` (and how many
// were skipped, where some were) from that run's reports, and ends with 1 unless everything ran and passed.
import { countRun, readReport } from './count-run.mjs';
import { JEST_REPORT, STEPS_REPORT, suiteReport } from './reports.mjs';

const [tests, ...suites] = process.argv.slice(2);
const counts = [countRun(Number(tests), readReport(STEPS_REPORT), readReport(JEST_REPORT)), ...suites.map(countSuite)];
/** @param {keyof import('./count-run.mjs').Counts} kind */
const sum = (kind) => counts.reduce((total, count) => total + count[kind], 0);
const [passed, failed, skipped] = [sum('passed'), sum('failed'), sum('skipped')];

console.log(`${passed} passed, ${failed} failed${skipped === 0 ? '' : `, ${skipped} skipped`}`);
process.exitCode = failed === 0 ? 0 : 1;

/**
 * A suite that ended badly without a word of what failed counts as one failed test.
 *
 * @param {string} argument
 */
function countSuite(argument) {
  const [suite, exitCode] = argument.split('=');
  const { passed = 0, failed = 0, skipped = 0 } = readReport(suiteReport(suite)) ?? {};
  const unaccounted = (exitCode !== '0' && failed === 0) || passed + failed + skipped === 0;
  return { passed, failed: unaccounted ? 1 : failed, skipped };
}
