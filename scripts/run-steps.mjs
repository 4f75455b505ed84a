import { performance } from 'node:perf_hooks';
import { giveUp, narrate } from './project.mjs';
import { captureNode, runProgram, wasInterrupted } from './run-child.mjs';

/**
 * @typedef {{ readonly name: string, readonly args: readonly string[] }} Step
 * @typedef {{ readonly name: string, readonly passed: boolean, readonly seconds: number }} Result
 */

/**
 * Runs steps (`{ name, args }`) two at a time, since two cores are what we count on; each one's output is shown in
 * one piece when it ends. Gives `{ name, passed, seconds }` for each, in the order they were given.
 *
 * @param {readonly Step[]} steps
 * @returns {Promise<Result[]>}
 */
export async function runInPairs(steps) {
  /** @type {Map<string, Result>} */
  const results = new Map();
  const waiting = [...steps];
  const lane = async () => {
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
      const { name, args } = step;
      const { output, ...result } = await timed(name, () => captureNode(args));
      results.set(name, result);
      narrate(`\n── ${describe(result)}${output === '' ? '' : `\n${output.trimEnd()}`}`);
    }
  };
  await Promise.all([lane(), lane()]);
  return steps.flatMap(({ name }) => results.get(name) ?? []);
}

/**
 * Runs one step, by our own Node in the project's folder unless it says otherwise; its output is shown as it comes.
 *
 * @param {Step & { readonly program?: string } & import('node:child_process').SpawnOptions} step
 */
export async function runAloud({ name, program = process.execPath, args, ...options }) {
  narrate(`\n── ${name}`);
  return timed(name, async () => ({ exitCode: await runProgram(program, args, options) }));
}

/**
 * Prints every step with its time, and which failed. Gives whether all passed.
 *
 * @param {readonly Result[]} results
 */
export function summarise(results) {
  narrate(`\n${results.map((result) => `   ${describe(result)}`).join('\n')}`);
  const failed = results.filter(({ passed }) => !passed).map(({ name }) => name);
  narrate(failed.length === 0 ? '\nEverything passed.' : `\nFailed: ${failed.join(', ')}.`);
  return failed.length === 0;
}

/**
 * @template {{ readonly exitCode: number }} T
 * @param {string} name
 * @param {() => Promise<T>} work
 */
async function timed(name, work) {
  const start = performance.now();
  const { exitCode, ...rest } = await work();
  if (wasInterrupted()) giveUp('Interrupted.', 130);
  return { name, passed: exitCode === 0, seconds: Math.round((performance.now() - start) / 100) / 10, ...rest };
}

/** @param {Result} result */
function describe({ name, passed, seconds }) {
  return `${name.padEnd(12)} ${passed ? 'ok    ' : 'FAILED'} ${seconds.toFixed(1)} s`;
}
