// What others hear of a service while thousands of connections of one tenant make wallets (`--only flood`).
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { createHerumiEngine } from '#built/crypto/mcl/herumi-engine.js';
import { loadMclModule } from '#built/crypto/mcl/mcl-module.js';
import { SecretBytes } from '#built/crypto/secret-bytes.js';
import { forkAnswerer } from './children.mjs';
import { floodedFolder, prepareObserved } from './flood-cast.mjs';
import { LAG_RESOLUTION_MS } from './measure.mjs';
import { startServer, threadTimes } from './server.mjs';

/** Connections of one tenant, each of which asks again as soon as it is answered. */
export const FLOOD_CONNECTIONS = 3000;

/** What is asked by others meanwhile, a second. */
export const PACES = { health: 20, connect: 5, sign: 20, revoke: 5 };

/** @typedef {Record<keyof typeof PACES, readonly number[]>} Latencies milliseconds from when each was due */

/**
 * @typedef {object} FloodWindow
 * @property {Latencies} latencies
 * @property {Record<string, number>} failures what others were answered that is no success, by call and status
 * @property {number} observerLagMs how late the observer itself was at most
 * @property {{ p99: number, most: number }} lagMs of the server's event loop
 * @property {number | undefined} mainShare of a core that the server's HTTP thread took
 * @property {number | undefined} othersShare the same of its other threads
 */

/** @typedef {Awaited<ReturnType<typeof measureOne>>} Flooded */

/**
 * Of the build in the folder `plan.against`, if there is one, and then of this one.
 *
 * @param {string} root
 * @param {import('./plan.mjs').Plan} plan
 * @param {import('./plan.mjs').Say} say
 */
export async function measureFlood(root, plan, say) {
  const builds = plan.against === undefined ? [] : [{ name: 'before', project: plan.against }];
  /** @type {{ name: string, flooded: Flooded }[]} */
  const seen = [];
  for (const { name, project } of [...builds, { name: 'this build', project: undefined }]) {
    say(`${name}: starting`);
    seen.push({ name, flooded: await measureOne(floodedFolder(root, name), { ...plan, project }, say) });
  }
  return seen;
}

/**
 * @param {string} folder
 * @param {import('./plan.mjs').Plan} plan
 * @param {import('./plan.mjs').Say} say
 */
async function measureOne(folder, plan, say) {
  // Its quota would end the flood in seconds; builds that know no such setting have no quota.
  const server = await startServer(folder, plan, [], { MAX_WALLETS_PER_USER: '0' });
  const [generator, observer] = ['flood-generator', 'flood-observer'].map((name) => forkAnswerer(`./${name}.mjs`));
  try {
    const engine = createHerumiEngine(await loadMclModule());
    const secret = readFileSync(join(folder, 'jwt-secret'), 'utf8').trim();
    const seconds = (plan.floodIdleMs + plan.floodMs) / 1000;
    const counts = { sign: Math.ceil(PACES.sign * seconds) + 100, revoke: Math.ceil(PACES.revoke * seconds) + 50 };
    const cast = await prepareObserved(server.port, secret, counts, (share, hash) =>
      engine.sign(new SecretBytes(Uint8Array.from(share)), hash),
    );
    await observer.ask({ kind: 'prepare', port: server.port, ...cast.requests });
    await observer.ask({ kind: 'watch', paces: { health: 50, sign: 50 }, milliseconds: plan.warmUpMs });
    say('nobody but the observer');
    const idle = await observe(server, observer, plan.floodIdleMs, async () => undefined);
    say(`${FLOOD_CONNECTIONS} connections make wallets`);
    const { port } = server;
    const start = { kind: 'start', port, token: cast.floodToken, connections: FLOOD_CONNECTIONS, niceness: plan.nice };
    const flood = await observe(server, observer, plan.floodMs, () => generator.ask(start));
    const sent = await generator.ask({ kind: 'stop' });
    await sleep(plan.settleMs);
    return {
      idle,
      flood,
      sent: /** @type {import('./flood-generator.mjs').Sent} */ (sent),
      isAlive: await server.isAlive(),
    };
  } finally {
    generator.end();
    observer.end();
    await server.stop();
  }
}

/**
 * @param {import('./server.mjs').Server} server
 * @param {import('./children.mjs').Answerer} observer
 * @param {number} milliseconds
 * @param {() => Promise<unknown>} begin what the window begins with
 * @returns {Promise<FloodWindow>}
 */
async function observe(server, observer, milliseconds, begin) {
  // A look at the metrics begins a new window of the event loop's delay.
  await server.metrics();
  await begin();
  const before = threadTimes(server.pid);
  const begun = performance.now();
  const seen = await observer.ask({ kind: 'watch', paces: PACES, milliseconds });
  const elapsedMicros = (performance.now() - begun) * 1000;
  const after = threadTimes(server.pid);
  const metrics = await server.metrics();
  const lagMs = (/** @type {string} */ quantile) =>
    Math.max(0, (metrics.get(`nodejs_eventloop_lag_${quantile}_seconds`) ?? NaN) * 1000 - LAG_RESOLUTION_MS);
  /** @param {(thread: number) => boolean} isMeant */
  const shareOf = (isMeant) => {
    if (before === undefined || after === undefined) return undefined;
    let micros = 0;
    for (const [thread, used] of after) if (isMeant(thread)) micros += used - (before.get(thread) ?? 0);
    return micros / elapsedMicros;
  };
  return {
    ...seen,
    lagMs: { p99: lagMs('p99'), most: lagMs('max') },
    mainShare: shareOf((thread) => thread === server.pid),
    othersShare: shareOf((thread) => thread !== server.pid),
  };
}
