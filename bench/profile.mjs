// Where each microsecond of the server goes: V8's sampling profiler over every thread, at the peak.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { MOST_WARM_UP_MS } from './measure.mjs';
import { SATURATING } from './plan.mjs';
import { startServer } from './server.mjs';

/**
 * A profile of V8's, times in µs of the monotonic clock.
 *
 * @typedef {object} CpuProfile
 * @property {{ id: number, callFrame: CallFrame }[]} nodes
 * @property {number[]} samples ids of nodes
 * @property {number[]} timeDeltas
 * @property {number} startTime
 */

/** @typedef {{ functionName: string, url: string }} CallFrame */
/** @typedef {Awaited<ReturnType<typeof profileServer>>} Profile */

const monotonicMicros = () => Number(process.hrtime.bigint() / 1000n);

/**
 * µs per request by thread and by where in the code; profiling itself slows the server by some tens of per cent.
 *
 * @param {import('./workshop.mjs').Workshop} workshop
 * @param {import('./plan.mjs').Plan} plan
 * @param {import('./plan.mjs').Say} say
 */
export async function profileServer(workshop, plan, say) {
  const { root, directories, generator } = workshop;
  const folder = join(root, 'profiles');
  const server = await startServer(directories.many, plan, ['--cpu-prof', `--cpu-prof-dir=${folder}`]);
  say('profiling 1,000 wallets, msg');
  await generator.ask({ kind: 'start', port: server.port, pool: 'many msg', connections: SATURATING });
  await sleep(MOST_WARM_UP_MS / 2);
  const from = monotonicMicros();
  const seen = await generator.ask({ kind: 'window', milliseconds: plan.steadyMs });
  const until = monotonicMicros();
  await generator.ask({ kind: 'stop' });
  await server.stop();
  const files = readdirSync(folder).sort();
  const threads = files.map((file) => {
    const profile = JSON.parse(readFileSync(join(folder, file), 'utf8'));
    return { name: threadName(file), micros: microsByPlace(profile, from, until) };
  });
  return { answered: seen.answered, perSecond: seen.perSecond, threads };
}

/**
 * Files are called CPU.<day>.<time>.<process>.<thread>.<number>.cpuprofile, and the main thread is 0.
 *
 * @param {string} file
 */
function threadName(file) {
  const thread = file.split('.')[4];
  return thread === '0' ? 'HTTP thread' : `worker ${thread}`;
}

/**
 * Self time within a window of the monotonic clock, by place.
 *
 * @param {CpuProfile} profile
 * @param {number} from
 * @param {number} until
 */
function microsByPlace({ nodes, samples, timeDeltas, startTime }, from, until) {
  const places = new Map(nodes.map(({ id, callFrame }) => [id, placeOf(callFrame)]));
  /** @type {Map<string, number>} */
  const micros = new Map();
  let at = startTime;
  for (const [index, node] of samples.entries()) {
    at += timeDeltas[index];
    const lasted = timeDeltas[index + 1] ?? 0;
    if (at < from || at > until) continue;
    const place = places.get(node) ?? '(unknown)';
    micros.set(place, (micros.get(place) ?? 0) + lasted);
  }
  return micros;
}

/** @param {CallFrame} frame */
function placeOf({ functionName, url }) {
  const [, dependency] = /\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url) ?? [];
  if (dependency !== undefined) return dependency;
  const [, folder] = /\/dist\/((?:[^/]+\/){0,2})/.exec(url) ?? [];
  if (folder !== undefined) return `ours: ${folder.replace(/\/$/, '') || 'top'}`;
  if (url.startsWith('wasm:')) return 'WebAssembly';
  if (url.startsWith('node:')) return url.split('/').slice(0, 2).join('/');
  return /^\((program|idle|garbage collector)\)$/.test(functionName) ? functionName : `native: ${functionName}`;
}
