import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { narrate } from './project.mjs';

// gosdk prints the keys that it signs with.
const UNWANTED = /^Sign: with /;

/** Why Go cannot build the module in `folder` (its tests and all they import), in one line, or undefined when it can. */
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

/** Runs the Go tests of a module and gives `{ passed, failed, skipped }`; what failed is shown with its output. */
export async function runGoTests(folder, environment, furtherArguments) {
  const child = spawn('go', ['test', '-json', '-count=1', '-timeout=10m', ...furtherArguments, './...'], {
    cwd: folder,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'close');
  const tests = new Map();
  const outside = [];
  for await (const line of createInterface({ input: child.stdout })) take(parsed(line), tests, outside);
  const [exitCode] = await ended;

  // A test with subtests is no test of its own.
  const names = [...tests.keys()];
  const leaves = [...tests].filter(([name]) => !names.some((other) => other.startsWith(`${name}/`)));
  const count = (outcome) => leaves.filter(([, test]) => test.outcome === outcome).length;
  for (const [name, { outcome, output }] of leaves) {
    narrate(`   ${outcome.padEnd(7)} ${name}${outcome === 'pass' ? '' : `\n${output.join('')}`}`);
  }
  const failed = count('fail') + count('unknown');
  if (exitCode !== 0 && failed === 0) narrate(outside.join(''));
  return { passed: count('pass'), failed: failed || (exitCode === 0 ? 0 : 1), skipped: count('skip') };
}

function take({ Action: action, Test: name, Output: text }, tests, outside) {
  if (name === undefined) {
    if (text !== undefined) outside.push(text);
    return;
  }
  if (!tests.has(name)) tests.set(name, { outcome: 'unknown', output: [] });
  const test = tests.get(name);
  if (action === 'output' && !UNWANTED.test(text)) test.output.push(text);
  if (['pass', 'fail', 'skip'].includes(action)) test.outcome = action;
}

/** A line that is no JSON is the compiler's. */
function parsed(line) {
  try {
    return JSON.parse(line);
  } catch {
    return { Output: `${line}\n` };
  }
}
