import { setTimeout as sleep } from 'node:timers/promises';
import { performance } from 'node:perf_hooks';
import { measure, measureSignatures } from './measure.mjs';
import { SATURATING, SCENARIOS } from './plan.mjs';
import { memoryOf } from './server.mjs';
import { percentile } from './statistics.mjs';

/** @typedef {Awaited<ReturnType<typeof measureHalfLoad>>[number]} HalfLoad */
/** @typedef {Awaited<ReturnType<typeof measureOverload>>} Overload */

const OVERLOAD = 5;
const PROBE_MS = 200;

/**
 * Latency at half the peak, in Poisson arrivals, against one request alone.
 *
 * @param {import('./server.mjs').Server} server
 * @param {import('./workshop.mjs').Workshop} workshop
 * @param {import('./plan.mjs').Plan} plan
 * @param {import('./plan.mjs').Say} say
 */
export async function measureHalfLoad(server, workshop, plan, say) {
  const results = [];
  for (const { name, label } of SCENARIOS.filter((scenario) => scenario.name !== 'some')) {
    say(`half the peak load, ${label}`);
    const pool = `${name} msg`;
    const times = { warmUpMs: plan.warmUpMs, milliseconds: plan.pointMs };
    const alone = await measureSignatures(server, workshop, { pool, connections: 1, ...times });
    const peak = await measureSignatures(server, workshop, { pool, connections: SATURATING, ...times });
    const perSecond = peak.perSecond / 2;
    const half = await measureSignatures(server, workshop, { pool, perSecond, ...times, milliseconds: plan.steadyMs });
    results.push({ label, aloneP50: alone.p50, peakPerSecond: peak.perSecond, offered: perSecond, half });
  }
  return results;
}

/**
 * Signatures per second while five times the peak is asked for, and whether the service still says that it lives: five
 * times as many requests a second, whatever comes back; and five times as many in flight, each asked again as soon as
 * it is answered, `Retry-After` or not.
 *
 * @param {import('./server.mjs').Server} server
 * @param {import('./workshop.mjs').Workshop} workshop
 * @param {import('./plan.mjs').Plan} plan
 * @param {import('./plan.mjs').Say} say
 */
export async function measureOverload(server, workshop, plan, say) {
  say(`${OVERLOAD} times the peak load`);
  const pool = 'many msg';
  const peak = async () => {
    const times = { warmUpMs: plan.warmUpMs, milliseconds: plan.windowMs };
    return (await measureSignatures(server, workshop, { pool, connections: SATURATING, ...times })).perSecond;
  };
  const over = async (/** @type {{ readonly perSecond: number } | { readonly connections: number }} */ load) => {
    const times = { warmUpMs: plan.settleMs, milliseconds: plan.overloadMs };
    const { samples, ...seen } = await measure(server, workshop.generator, { pool, ...load, ...times });
    workshop.check(workshop.engine, workshop.requests.get(pool) ?? [], samples);
    return seen;
  };
  const before = await peak();
  const probe = probeHealth(server);
  const [offered, connections] = [before * OVERLOAD, SATURATING * OVERLOAD];
  const rate = await over({ perSecond: offered });
  const inFlight = await over({ connections });
  const health = await probe();
  const memory = memoryOf(server.pid);
  // Whatever else the machine did meanwhile counts against the service, not for it.
  const peakPerSecond = Math.max(before, await peak());
  const goodputOf = (/** @type {{ readonly perSecond: number }} */ seen) => seen.perSecond / peakPerSecond;
  return {
    peakPerSecond,
    health,
    memory,
    rate: { offered, goodput: goodputOf(rate), ...rate },
    inFlight: { connections, goodput: goodputOf(inFlight), ...inFlight },
  };
}

/**
 * Asks `/health/live` again and again until the returned function is called, which gives what came of it.
 *
 * @param {import('./server.mjs').Server} server
 */
function probeHealth(server) {
  /** @type {number[]} */
  const latencies = [];
  /** @type {number[]} */
  const failures = [];
  let isOver = false;
  const loop = (async () => {
    while (!isOver) {
      const start = performance.now();
      const ok = await server.isAlive().catch(() => false);
      (ok ? latencies : failures).push(performance.now() - start);
      await sleep(PROBE_MS);
    }
  })();
  return async () => {
    isOver = true;
    await loop;
    return { answered: latencies.length, failed: failures.length, most: percentile(latencies, 100) };
  };
}
