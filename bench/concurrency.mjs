import { measureSignatures } from './measure.mjs';
import { SCENARIOS } from './plan.mjs';

/**
 * @typedef {{ connections: number, perSecond: number, p50: number, p99: number, batch: number }} Point
 */

/** Throughput and latency of messages over the number of requests in flight, for one wallet and for a thousand. */
export async function measureConcurrency(server, workshop, plan, say) {
  const series = SCENARIOS.filter(({ name }) => name !== 'some').map(({ name, label }) => ({
    name,
    label,
    points: /** @type {Point[]} */ ([]),
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
