// Every process that the bench starts, so that none outlives it.
import { fork, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();

/** @typedef {ReturnType<typeof forkAnswerer>} Answerer */

/** Ends, by their ids, the processes that were started here and still run. */
export function killChildren() {
  for (const child of running) child.kill('SIGKILL');
}

/**
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptionsWithStdioTuple<'ignore', 'pipe', 'pipe'>} options
 */
export function spawnNode(args, options) {
  return tracked(spawn(process.execPath, args, options));
}

/**
 * A module of this folder in a process of its own that answers one question after the other: `ask` sends a message
 * and resolves with the answer, or rejects when the process ends instead.
 *
 * @param {string} module
 */
export function forkAnswerer(module) {
  const child = tracked(fork(fileURLToPath(new URL(module, import.meta.url)), { serialization: 'advanced' }));
  /**
   * @param {{ readonly kind: string, readonly [member: string]: unknown }} question
   * @returns {Promise<any>} what the module answers
   */
  const ask = (question) =>
    new Promise((resolve, reject) => {
      const onExit = (/** @type {number | null} */ code) => reject(new Error(`${module} ended with ${code}`));
      child.once('exit', onExit);
      child.once('message', (/** @type {{ value?: unknown, error?: string }} */ answer) => {
        child.off('exit', onExit);
        if (answer.error === undefined) resolve(answer.value);
        else reject(new Error(answer.error));
      });
      child.send(question);
    });
  return { ask, end: () => child.kill('SIGTERM') };
}

/**
 * The other side of {@link forkAnswerer}: runs `answer` for each message and sends back what it resolves with.
 *
 * @param {(question: any) => unknown} answer
 */
export function answerParent(answer) {
  process.on('message', (question) => {
    Promise.resolve()
      .then(() => answer(question))
      .then(
        (value) => process.send?.({ value }),
        (error) => process.send?.({ error: error.stack }),
      );
  });
  process.on('disconnect', () => process.exit());
}

/**
 * @template {import('node:child_process').ChildProcess} Child
 * @param {Child} child
 */
function tracked(child) {
  running.add(child);
  child.once('exit', () => running.delete(child));
  return child;
}
