import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { clearInterval, setInterval } from 'node:timers';
import { inProject } from './project.mjs';

const PARENT = process.ppid;
const PARENT_CHECK_MILLISECONDS = 250;

let interrupted = false;

/** Whether a signal asked us to stop while a child ran: what was to come after it must not start. */
export function wasInterrupted() {
  return interrupted;
}

/** Where the child's output goes: all to the terminal, or all to stderr because stdout is for a result. */
export const TO_TERMINAL = 'inherit';
/** @type {import('node:child_process').StdioOptions} */
export const TO_STDERR = ['inherit', 2, 2];

/**
 * Runs Node with these arguments in the project's folder and waits for its end; SIGINT, SIGTERM and SIGHUP are
 * passed on. Gives the exit code, 128 + n when signal n ended the child (as shells do).
 *
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 */
export function runNode(args, options = {}) {
  return run(process.execPath, args, options);
}

/**
 * Like {@link runNode}, for another program; one that cannot be found rejects.
 *
 * @param {string} program
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 */
export function runProgram(program, args, options = {}) {
  return run(program, args, options);
}

/**
 * Runs npm: the one that started us, else the one on the PATH (a .cmd on Windows, hence the shell).
 *
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 */
export function runNpm(args, options = {}) {
  const npm = process.env.npm_execpath;
  if (npm?.endsWith('.js')) return runNode([npm, ...args], options);
  return run('npm', args, { ...options, shell: process.platform === 'win32' });
}

/**
 * Like {@link runNode}, but gives the output (stdout and stderr as they came) instead of showing it.
 *
 * @param {readonly string[]} args
 */
export async function captureNode(args) {
  /** @type {Buffer[]} */
  const chunks = [];
  const exitCode = await run(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] }, (child) => {
    child.stdout?.on('data', (chunk) => chunks.push(chunk));
    child.stderr?.on('data', (chunk) => chunks.push(chunk));
  });
  return { exitCode, output: Buffer.concat(chunks).toString('utf8') };
}

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} options
 * @param {(child: import('node:child_process').ChildProcess) => void} [onStart]
 * @returns {Promise<number>}
 */
function run(command, args, options, onStart) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: inProject(), stdio: TO_TERMINAL, ...options });
    const stopForwarding = forwardSignals(child);
    onStart?.(child);
    child.once('error', (error) => {
      stopForwarding();
      reject(error);
    });
    child.once('close', (code, signal) => {
      stopForwarding();
      resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal]));
    });
  });
}

/**
 * Returns a function that ends the forwarding.
 *
 * @param {import('node:child_process').ChildProcess} child
 */
function forwardSignals(child) {
  const watch = stopWithNpm(child);
  /** @type {NodeJS.Signals[]} */
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  const handlers = signals.map((signal) => {
    const handler = () => {
      interrupted = true;
      // Ctrl-C reaches every process of the terminal's group by itself; a second one would look impatient.
      if (signal === 'SIGINT' && process.stdin.isTTY) return;
      child.kill(signal);
    };
    process.on(signal, handler);
    return () => process.off(signal, handler);
  });
  return () => {
    clearInterval(watch);
    handlers.forEach((remove) => remove());
  };
}

/**
 * npm hands SIGTERM to the shell between us and it, which dies of it without a word to us: the server would live on
 * and hold its port. So when npm started us and our parent goes, the child is asked to stop.
 *
 * @param {import('node:child_process').ChildProcess} child
 */
function stopWithNpm(child) {
  if (process.env.npm_lifecycle_event === undefined) return undefined;
  const watch = setInterval(() => {
    if (process.ppid === PARENT) return;
    interrupted = true;
    clearInterval(watch);
    child.kill('SIGTERM');
  }, PARENT_CHECK_MILLISECONDS);
  return watch.unref();
}
