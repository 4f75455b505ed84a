// Every process that the bench starts, so that none outlives it.
import { fork, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const running = new Set();

/** Ends, by their ids, the processes that were started here and still run. */
export function killChildren() {
  for (const child of running) child.kill('SIGKILL');
}

export function spawnNode(args, options) {
  return tracked(spawn(process.execPath, args, options));
}

/**
 * A module of this folder in a process of its own that answers one question after the other: `ask` sends a message
 * and resolves with the answer, or rejects when the process ends instead.
 */
export function forkAnswerer(module) {
  const child = tracked(fork(fileURLToPath(new URL(module, import.meta.url)), { serialization: 'advanced' }));
  const ask = (question) =>
    new Promise((resolve, reject) => {
      const onExit = (code) => reject(new Error(`${module} ended with ${code}`));
      child.once('exit', onExit);
      child.once('message', (answer) => {
        child.off('exit', onExit);
        if (answer.error === undefined) resolve(answer.value);
        else reject(new Error(answer.error));
      });
      child.send(question);
    });
  return { ask, end: () => child.kill('SIGTERM') };
}

/** The other side of {@link forkAnswerer}: runs `answer` for each message and sends back what it resolves with. */
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

function tracked(child) {
  running.add(child);
  child.once('exit', () => running.delete(child));
  return child;
}
