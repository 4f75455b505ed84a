import { existsSync } from 'node:fs';
import { readJson } from './project.mjs';

/** @typedef {{ readonly passed: number, readonly failed: number, readonly skipped: number }} Counts */

/**
 * The part of Jest's report in JSON that is counted.
 *
 * @typedef {object} JestReport
 * @property {number} numPassedTests
 * @property {number} numFailedTests
 * @property {number} numRuntimeErrorTestSuites
 * @property {number} numPendingTests
 */

/**
 * What a report says, or undefined where the run did not get as far as writing it.
 *
 * @param {string} path
 */
export function readReport(path) {
  return existsSync(path) ? readJson(path) : undefined;
}

/**
 * Counts a run of steps, one of them named `jest`, from what both reported: `{ passed, failed, skipped }`, numbers of
 * tests. A step that failed counts as one failed test, and so does a run that did not finish.
 *
 * @param {number} exitCode
 * @param {readonly import('./run-steps.mjs').Result[]} [steps]
 * @param {JestReport} [jest]
 * @returns {Counts}
 */
export function countRun(exitCode, steps = [], jest) {
  const passed = jest?.numPassedTests ?? 0;
  // A suite that cannot even be loaded has no tests to count, but it failed.
  const failedTests = (jest?.numFailedTests ?? 0) + (jest?.numRuntimeErrorTestSuites ?? 0);
  const failedSteps = steps.filter((step) => !step.passed && !(step.name === 'jest' && failedTests > 0)).length;
  const unfinished = exitCode !== 0 || steps.length === 0 || jest === undefined || passed + failedTests === 0;
  return {
    passed,
    failed: failedTests + failedSteps || (unfinished ? 1 : 0),
    skipped: jest?.numPendingTests ?? 0,
  };
}
