import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { narrate } from './project.mjs';

/**
 * A line of `go test -json`.
 *
 * @typedef {{ readonly Action?: string, readonly Test?: string, readonly Output?: string }} Line
 */

/** @typedef {{ outcome: string, output: string[] }} Test */

// gosdk prints the keys that it signs with.
const UNWANTED = /^Sign: with /;

/**
 * Why Go cannot build the module in `folder` (its tests and all they import), in one line, or undefined when it can.
 *
 * @param {string} folder
 */
export function reasonGoCannot(folder) {
  try {
    execFileSync('go', ['list', '-deps', '-test', './...'], { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
    return undefined;
  } catch (failure) {
    const { code, stderr, message } = /** @type {NodeJS.ErrnoException & { stderr?: Buffer }} */ (failure);
    if (code === 'ENOENT') return 'Go is not installed';
    const lines = String(stderr ?? message)
      .trim()
      .split('\n');
    return `Go cannot get the modules: ${lines.at(-1)}`;
  }
}

/**
 * Runs the Go tests of a module and gives `{ passed, failed, skipped }`; what failed is shown with its output.
 *
 * @param {string} folder
 * @param {NodeJS.ProcessEnv} environment
 * @param {readonly string[]} furtherArguments
 */
export async function runGoTests(folder, environment, furtherArguments) {
  const child = spawn('go', ['test', '-json', '-count=1', '-timeout=10m', ...furtherArguments, './...'], {
    cwd: folder,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'close');
  /** @type {Map<string, Test>} */
  const tests = new Map();
  /** @type {string[]} */
  const outside = [];
  for await (const line of createInterface({ input: child.stdout })) take(parsed(line), tests, outside);
  const [exitCode] = await ended;

  // A test with subtests is no test of its own.
  const names = [...tests.keys()];
  const leaves = [...tests].filter(([name]) => !names.some((other) => other.startsWith(`${name}/`)));
  const count = (/** @type {string} */ outcome) => leaves.filter(([, test]) => test.outcome === outcome).length;
  for (const [name, { outcome, output }] of leaves) {
    narrate(`   ${outcome.padEnd(7)} ${name}${outcome === 'pass' ? '' : `\n${output.join('')}`}`);
  }
  const failed = count('fail') + count('unknown');
  if (exitCode !== 0 && failed === 0) narrate(outside.join(''));
  return { passed: count('pass'), failed: failed || (exitCode === 0 ? 0 : 1), skipped: count('skip') };
}

/**
 * @param {Line} line
 * @param {Map<string, Test>} tests
 * @param {string[]} outside what is of no test
 */
function take({ Action: action = '', Test: name, Output: text = '' }, tests, outside) {
  if (name === undefined) {
    outside.push(text);
    return;
  }
  const test = tests.get(name) ?? { outcome: 'unknown', output: [] };
  tests.set(name, test);
  if (action === 'output' && !UNWANTED.test(text)) test.output.push(text);
  if (['pass', 'fail', 'skip'].includes(action)) test.outcome = action;
}

/**
 * A line that is no JSON is the compiler's.
 *
 * @param {string} line
 * @returns {Line}
 */
function parsed(line) {
  try {
    return JSON.parse(line);
  } catch {
    return { Output: `${line}\n` };
  }
}
