import { measureSignatures } from './measure.mjs';
import { SCENARIOS } from './plan.mjs';

/**
 * @typedef {{ connections: number, perSecond: number, p50: number, p99: number, batch: number }} Point
 * @typedef {{ readonly name: string, readonly label: string, readonly points: Point[] }} Series
 */

/**
 * Throughput and latency of messages over the number of requests in flight, for one wallet and for a thousand.
 *
 * @param {import('./server.mjs').Server} server
 * @param {import('./workshop.mjs').Workshop} workshop
 * @param {import('./plan.mjs').Plan} plan
 * @param {import('./plan.mjs').Say} say
 */
export async function measureConcurrency(server, workshop, plan, say) {
  /** @type {Series[]} */
  const series = SCENARIOS.filter(({ name }) => name !== 'some').map(({ name, label }) => ({
    name,
    label,
    points: [],
  }));
  for (const connections of plan.concurrencies) {
    say(`${connections} requests in flight`);
    for (const { name, points } of series) {
      const load = { pool: `${name} msg`, connections, warmUpMs: plan.warmUpMs / 2, milliseconds: plan.pointMs };
      const { perSecond, p50, p99, batch } = await measureSignatures(server, workshop, load);
      points.push({ connections, perSecond, p50, p99, batch });
    }
  }
  return series;
}
