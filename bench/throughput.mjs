import { answersToWarmUp, measureSignatures } from './measure.mjs';
import { SATURATING, SCENARIOS } from './plan.mjs';
import { median } from './statistics.mjs';

/** @typedef {Awaited<ReturnType<typeof measureRound>>} Round */
/** @typedef {ReturnType<typeof summarise>} Row */

/**
 * For each scenario and call the peak, with the ceiling and the naive path of the same minute. The machine is rarely
 * quiet, so the kinds take turns, round after round, and every ratio is of one round.
 *
 * @param {import('./server.mjs').Server} server
 * @param {import('./workshop.mjs').Workshop} workshop
 * @param {import('./plan.mjs').Plan} plan
 * @param {import('./plan.mjs').Say} say
 */
export async function measureThroughput(server, workshop, plan, say) {
  /** @type {Round[]} */
  const rounds = [];
  for (let round = 0; round < plan.rounds; round++) {
    for (const scenario of SCENARIOS) {
      say(`throughput, ${scenario.label}, round ${round + 1} of ${plan.rounds}`);
      rounds.push(await measureRound(server, workshop, plan, scenario, round === 0));
    }
  }
  return SCENARIOS.flatMap(({ name, label }) => {
    const own = rounds.filter((round) => round.scenario === name);
    return /** @type {const} */ (['msg', 'txn']).map((call) => summarise(`${label}, ${call}`, name, call, own));
  });
}

/**
 * @param {import('./server.mjs').Server} server
 * @param {import('./workshop.mjs').Workshop} workshop
 * @param {import('./plan.mjs').Plan} plan
 * @param {(typeof SCENARIOS)[number]} scenario
 * @param {boolean} isCold
 */
async function measureRound(server, workshop, plan, { name, wallets }, isCold) {
  const { ceiling, naive } = workshop;
  const warmUp = { warmUpMs: plan.warmUpMs, warmUpAnswers: isCold ? answersToWarmUp(wallets) : 0 };
  /** @type {number} */
  const naivePerSecond = await naive.ask({ kind: 'perSecond', milliseconds: plan.naiveMs });
  const milliseconds = plan.windowMs;
  /** @type {number} */
  const ceilingPerSecond = await ceiling.ask({
    kind: 'perSecond',
    name: `${name} msg`,
    inFlight: SATURATING,
    ...warmUp,
    milliseconds,
  });
  const load = { connections: SATURATING, ...warmUp, milliseconds };
  const msg = await measureSignatures(server, workshop, { pool: `${name} msg`, ...load });
  const txn = await measureSignatures(server, workshop, { pool: `${name} txn`, ...load });
  return { scenario: name, naivePerSecond, ceilingPerSecond, msg, txn };
}

/**
 * @param {string} label
 * @param {string} scenario
 * @param {'msg' | 'txn'} call
 * @param {readonly Round[]} rounds
 */
function summarise(label, scenario, call, rounds) {
  const of = (/** @type {(seen: Round['msg'], round: Round) => number} */ read) =>
    median(rounds.map((round) => read(round[call], round)));
  return {
    label,
    scenario,
    call,
    perSecond: of((seen) => seen.perSecond),
    p50: of((seen) => seen.p50),
    p99: of((seen) => seen.p99),
    ceilingPerSecond: of((_, round) => round.ceilingPerSecond),
    naivePerSecond: of((_, round) => round.naivePerSecond),
    toCeiling: of((seen, round) => seen.perSecond / round.ceilingPerSecond),
    toNaive: of((seen, round) => seen.perSecond / round.naivePerSecond),
    serverMicros: of((seen) => seen.serverMicros),
    mainMicros: of((seen) => seen.threads?.main ?? NaN),
    workerMicros: of((seen) => seen.workerMicros),
    generatorMicros: of((seen) => seen.generatorMicros / seen.answered),
    batch: of((seen) => seen.batch),
    lagP99Ms: of((seen) => seen.lagMs.p99),
    rounds,
  };
}
