// node scripts/count-tests.mjs <exit code of npm test>: prints `N passed, N failed` from that run's reports, and
// ends with 1 unless every step ran and passed.
import { existsSync } from 'node:fs';
import { readJson } from './project.mjs';
import { JEST_REPORT, STEPS_REPORT } from './reports.mjs';

const steps = readReport(STEPS_REPORT) ?? [];
const jest = readReport(JEST_REPORT);

const passed = jest?.numPassedTests ?? 0;
// A suite that cannot even be loaded has no tests to count, but it failed.
const failedTests = (jest?.numFailedTests ?? 0) + (jest?.numRuntimeErrorTestSuites ?? 0);
const failedSteps = steps.filter((step) => !step.passed && !(step.name === 'jest' && failedTests > 0)).length;
const unfinished = process.argv[2] !== '0' || steps.length === 0 || jest === undefined || passed + failedTests === 0;
const failed = failedTests + failedSteps || (unfinished ? 1 : 0);

console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

function readReport(path) {
  return existsSync(path) ? readJson(path) : undefined;
}
