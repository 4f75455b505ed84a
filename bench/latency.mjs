// Where each millisecond of a request goes at half the peak load, and what the slowest spend theirs on.
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { answersToWarmUp, measureSignatures } from './measure.mjs';
import { PASSAGES_FILE, sharedMs, stagesOf } from './passages.mjs';
import { SATURATING, SCENARIOS } from './plan.mjs';
import { startServer } from './server.mjs';

const PROBE = new URL('./latency-probe.mjs', import.meta.url).href;

/**
 * The stages of requests at half the peak, by scenario.
 *
 * @param {import('./workshop.mjs').Workshop} workshop
 * @param {import('./plan.mjs').Plan} plan
 * @param {import('./plan.mjs').Say} say
 */
export async function traceHalfLoad(workshop, plan, say) {
  const traces = [];
  for (const { name, label, wallets } of SCENARIOS.filter((scenario) => scenario.name !== 'some')) {
    say(`tracing half the peak load, ${label}`);
    const directory = workshop.directories.many;
    const server = await startServer(directory, plan, ['--import', PROBE]);
    const pool = `${name} msg`;
    const times = { warmUpMs: plan.settleMs, milliseconds: plan.steadyMs };
    const warm = { warmUpAnswers: answersToWarmUp(wallets) };
    const peak = await measureSignatures(server, workshop, { pool, connections: SATURATING, ...warm, ...times });
    const load = { pool, perSecond: peak.perSecond / 2, isStamped: true, ...times };
    const half = await measureSignatures(server, workshop, load);
    const until = sharedMs();
    await server.stop();
    const file = join(directory, PASSAGES_FILE);
    /** @type {import('./passages.mjs').Passage[]} */
    const passages = JSON.parse(readFileSync(file, 'utf8'));
    rmSync(file);
    const measured = passages.filter(({ sent, written }) => sent > until - half.seconds * 1000 && written < until);
    traces.push({ label, perSecond: half.perSecond, p50: half.p50, p99: half.p99, ...stagesOf(measured) });
  }
  return traces;
}
