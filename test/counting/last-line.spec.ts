import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { PROJECT } from '../architecture/project-files.js';

let folder: string;
beforeEach(() => {
  // The scripts find the project by their own place; this run's reports stay out of it.
  folder = mkdtempSync(join(tmpdir(), 'kms-counting-'));
  cpSync(join(PROJECT, 'scripts'), join(folder, 'scripts'), { recursive: true });
  mkdirSync(join(folder, 'reports'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const STEPS = [
  { name: 'lint', passed: true },
  { name: 'jest', passed: true },
];
const JEST = { numPassedTests: 7, numFailedTests: 0, numRuntimeErrorTestSuites: 0, numPendingTests: 0 };

function report(name: string, content: unknown): void {
  writeFileSync(join(folder, 'reports', `${name}.json`), JSON.stringify(content));
}

function reportTests(jest: unknown = JEST, steps: unknown = STEPS): void {
  report('steps', steps);
  report('jest', jest);
}

/** What `.ci/run` prints last, and ends with. */
function lastLine(...words: readonly string[]): { line: string; exitCode: number | null } {
  const { stdout, status } = spawnSync(process.execPath, [join(folder, 'scripts', 'count-tests.mjs'), ...words], {
    encoding: 'utf8',
  });
  return { line: stdout, exitCode: status };
}

describe('the last line of .ci/run', () => {
  it('counts the tests of every suite together', () => {
    reportTests();
    report('suite-interop', { passed: 5, failed: 0, skipped: 0 });
    expect(lastLine('0', 'interop=0')).toEqual({ line: '12 passed, 0 failed\n', exitCode: 0 });
  });

  it('tells of what was skipped, and is content with it', () => {
    reportTests({ ...JEST, numPendingTests: 2 });
    report('suite-interop', { passed: 0, failed: 0, skipped: 1 });
    expect(lastLine('0', 'interop=0')).toEqual({ line: '7 passed, 0 failed, 3 skipped\n', exitCode: 0 });
  });

  it.each<[string, unknown, unknown, string]>([
    ['a failed test', { ...JEST, numFailedTests: 2 }, STEPS, '7 passed, 2 failed\n'],
    ['a test file that does not load', { ...JEST, numRuntimeErrorTestSuites: 1 }, STEPS, '7 passed, 1 failed\n'],
    ['a failed step', JEST, [{ name: 'lint', passed: false }], '7 passed, 1 failed\n'],
    ['no test at all', { ...JEST, numPassedTests: 0 }, STEPS, '0 passed, 1 failed\n'],
  ])('counts %s of `npm test` as failed', (_, jest, steps, line) => {
    reportTests(jest, steps);
    expect(lastLine('0')).toEqual({ line, exitCode: 1 });
  });

  it('counts `npm test` as failed when it ended badly or left no report', () => {
    expect(lastLine('0')).toEqual({ line: '0 passed, 1 failed\n', exitCode: 1 });
    reportTests();
    expect(lastLine('1')).toEqual({ line: '7 passed, 1 failed\n', exitCode: 1 });
  });

  it.each<[string, unknown, string, string]>([
    ['failed tests', { passed: 4, failed: 2, skipped: 0 }, 'interop=1', '11 passed, 2 failed\n'],
    ['a bad end without one', { passed: 4, failed: 0, skipped: 0 }, 'interop=137', '11 passed, 1 failed\n'],
    ['nothing that ran', { passed: 0, failed: 0, skipped: 0 }, 'interop=0', '7 passed, 1 failed\n'],
  ])('counts %s of a further suite as failed', (_, counts, argument, line) => {
    reportTests();
    report('suite-interop', counts);
    expect(lastLine('0', argument)).toEqual({ line, exitCode: 1 });
  });

  it('counts a further suite without a report as failed', () => {
    reportTests();
    expect(lastLine('0', 'interop=0')).toEqual({ line: '7 passed, 1 failed\n', exitCode: 1 });
  });
});
