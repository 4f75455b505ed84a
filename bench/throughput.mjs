import { answersToWarmUp, measureSignatures } from './measure.mjs';
import { SATURATING, SCENARIOS } from './plan.mjs';
import { median } from './statistics.mjs';

/**
 * For each scenario and call the peak, with the ceiling and the naive path of the same minute. The machine is rarely
 * quiet, so the kinds take turns, round after round, and every ratio is of one round.
 */
export async function measureThroughput(server, workshop, plan, say) {
  const rounds = [];
  for (let round = 0; round < plan.rounds; round++) {
    for (const scenario of SCENARIOS) {
      say(`throughput, ${scenario.label}, round ${round + 1} of ${plan.rounds}`);
      rounds.push(await measureRound(server, workshop, plan, scenario, round === 0));
    }
  }
  return SCENARIOS.flatMap(({ name, label }) => {
    const own = rounds.filter((round) => round.scenario === name);
    return ['msg', 'txn'].map((call) => summarise(`${label}, ${call}`, name, call, own));
  });
}

async function measureRound(server, workshop, plan, { name, wallets }, isCold) {
  const { ceiling, naive } = workshop;
  const warmUp = { warmUpMs: plan.warmUpMs, warmUpAnswers: isCold ? answersToWarmUp(wallets) : 0 };
  const naivePerSecond = await naive.ask({ kind: 'perSecond', milliseconds: plan.naiveMs });
  const milliseconds = plan.windowMs;
  const ceilingPerSecond = await ceiling.ask({
    kind: 'perSecond',
    name: `${name} msg`,
    inFlight: SATURATING,
    ...warmUp,
    milliseconds,
  });
  const calls = {};
  for (const call of ['msg', 'txn']) {
    const load = { pool: `${name} ${call}`, connections: SATURATING, ...warmUp, milliseconds };
    calls[call] = await measureSignatures(server, workshop, load);
  }
  return { scenario: name, naivePerSecond, ceilingPerSecond, ...calls };
}

function summarise(label, scenario, call, rounds) {
  const of = (read) => median(rounds.map((round) => read(round[call], round)));
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
    mainMicros: of((seen) => seen.threads?.main),
    workerMicros: of((seen) => seen.workerMicros),
    generatorMicros: of((seen) => seen.generatorMicros / seen.answered),
    batch: of((seen) => seen.batch),
    lagP99Ms: of((seen) => seen.lagMs.p99),
    rounds,
  };
}
