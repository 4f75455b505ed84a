// The built server in a process of its own, and what can be seen of it from outside.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { SERVER_NODE_ARGUMENTS } from '../scripts/server-node-arguments.mjs';
import { spawnNode } from './children.mjs';
import { forgetDecisions } from './database.mjs';

/** @typedef {Awaited<ReturnType<typeof startServer>>} Server */
/** @typedef {{ readonly project?: string | undefined, readonly configuredWorkers?: string | undefined }} Started */

const PROJECT = fileURLToPath(new URL('..', import.meta.url));
/** Characters of the server's output that are kept. */
const MOST_OUTPUT = 4096;

/**
 * Starts it, or the build in `plan.project`, on this data directory and resolves when it says that it is ready.
 *
 * @param {string} directory
 * @param {Started} plan
 * @param {readonly string[]} [nodeArguments]
 * @param {Readonly<Record<string, string>>} [settings]
 */
export async function startServer(directory, plan, nodeArguments = [], settings = {}) {
  const startedAt = performance.now();
  const project = plan.project ?? PROJECT;
  const child = spawnNode([...SERVER_NODE_ARGUMENTS, ...nodeArguments, join(project, 'dist', 'main.js')], {
    cwd: project,
    env: { PORT: '0', DATA_DIR: directory, LOG_LEVEL: 'warn', ...UNLIMITED, ...workersSetting(plan), ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise((resolve) => child.once('close', resolve));
  let [output, errors] = ['', ''];
  child.stderr.setEncoding('utf8').on('data', (text) => (errors += text));
  child.stdout.setEncoding('utf8').on('data', (text) => (output = (output + text).slice(-MOST_OUTPUT)));
  /** @type {string} */
  const url = await new Promise((resolve, reject) => {
    child.stdout.on('data', () => {
      const ready = /ready at (\S+)\n/.exec(output);
      if (ready !== null) resolve(ready[1]);
    });
    ended.then((code) => reject(new Error(`the server ended with ${code}: ${errors}`)));
  });
  return {
    pid: child.pid,
    port: Number(new URL(url).port),
    readyMs: performance.now() - startedAt,
    metrics: () => readMetrics(url),
    /** Has what is signed from now on be new to the service, though the requests are those of before. */
    forgetDecisions: () => forgetDecisions(directory),
    /** The end of what it wrote, warnings and errors of its log among it. */
    said: () => `${output}${errors}`,
    isAlive: async () => (await fetch(`${url}/health/live`)).ok,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** All clients are one address here, and machines may be large: their limits are kept, and out of reach. */
const UNLIMITED = { RATE_PER_ADDRESS: '1000000', RATE_PER_SPLIT_KEY: '1000000' };

/** @param {Started} plan */
const workersSetting = ({ configuredWorkers }) =>
  configuredWorkers === undefined ? {} : { SIGNING_WORKERS: configuredWorkers };

/**
 * Every sample of `/metrics` without labels, by name.
 *
 * @param {string} url
 */
async function readMetrics(url) {
  const text = await (await fetch(`${url}/metrics`)).text();
  return new Map([...text.matchAll(/^(\w+) (\S+)$/gm)].map(([, name, value]) => [name, Number(value)]));
}

/**
 * CPU time of each thread so far, in µs: the main thread's, and all others' with the busiest first. Undefined where
 * there is no Linux /proc.
 *
 * @param {number | undefined} pid
 */
export function threadTimes(pid) {
  try {
    const times = readdirSync(`/proc/${pid}/task`).map((thread) => ({
      thread: Number(thread),
      micros: Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]) / 1000,
    }));
    return new Map(times.map(({ thread, micros }) => [thread, micros]));
  } catch {
    return undefined;
  }
}

/**
 * Resident memory in MiB, now and at most so far; undefined where there is no Linux /proc.
 *
 * @param {number | undefined} pid
 */
export function memoryOf(pid) {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const mebibytes = (/** @type {string} */ field) =>
      Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) / 1024;
    return { now: mebibytes('VmRSS'), most: mebibytes('VmHWM') };
  } catch {
    return undefined;
  }
}
