import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { inProject } from './project.mjs';

/** Jest's own report in JSON. */
export const JEST_REPORT = inProject('reports', 'jest.json');

/** Each step of `npm test`: `[{ name, passed, seconds }]`. */
export const STEPS_REPORT = inProject('reports', 'steps.json');

/**
 * What a further suite found: `{ passed, failed, skipped }`, numbers of tests.
 *
 * @param {string} suite
 */
export const suiteReport = (suite) => inProject('reports', `suite-${suite}.json`);

/** Takes the reports of an earlier run away, so that nobody counts them for this one. */
export function startReports() {
  rmSync(JEST_REPORT, { force: true });
  rmSync(STEPS_REPORT, { force: true });
  mkdirSync(inProject('reports'), { recursive: true });
}

/** @param {readonly import('./run-steps.mjs').Result[]} steps */
export function reportSteps(steps) {
  writeFileSync(STEPS_REPORT, `${JSON.stringify(steps, null, 2)}\n`);
}

/**
 * @param {string} suite
 * @param {import('./count-run.mjs').Counts} counts
 */
export function reportSuite(suite, counts) {
  mkdirSync(inProject('reports'), { recursive: true });
  writeFileSync(suiteReport(suite), `${JSON.stringify(counts)}\n`);
}
