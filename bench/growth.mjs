import { answersToWarmUp, measureSignatures } from './measure.mjs';
import { SATURATING } from './plan.mjs';
import { memoryOf, startServer } from './server.mjs';
import { median } from './statistics.mjs';

/**
 * @typedef {{ readonly readyMs: number, readonly memory: ReturnType<typeof memoryOf> }} Start
 * @typedef {Awaited<ReturnType<typeof measureSignatures>>} Seen
 * @typedef {{ readonly small: Seen, readonly large: Seen }} Round
 */

/**
 * Start and signing with few wallets in the database against a hundred thousand.
 *
 * @param {import('./server.mjs').Server} server
 * @param {import('./workshop.mjs').Workshop} workshop
 * @param {import('./plan.mjs').Plan} plan
 * @param {import('./plan.mjs').Say} say
 */
export async function measureGrowth(server, workshop, plan, say) {
  const large = await workshop.makeLargeDatabase();
  const starts = await measureStarts({ few: workshop.directories.few, large }, plan, say);
  say('the same thousand wallets in a small and in a large database');
  const largeServer = await startServer(large, plan);
  const cost = await compare(server, largeServer, workshop, plan);
  const memory = memoryOf(largeServer.pid);
  await largeServer.stop();
  return { wallets: plan.largeDatabase, starts, cost, memory };
}

/**
 * @param {Readonly<Record<'few' | 'large', string>>} directories
 * @param {import('./plan.mjs').Plan} plan
 * @param {import('./plan.mjs').Say} say
 */
async function measureStarts(directories, plan, say) {
  /** @type {Record<'few' | 'large', Start[]>} */
  const starts = { few: [], large: [] };
  for (let round = 0; round < plan.starts; round++) {
    say(`starting with few wallets and with many, ${round + 1} of ${plan.starts}`);
    for (const name of /** @type {const} */ (['few', 'large'])) {
      const started = await startServer(directories[name], plan);
      starts[name].push({ readyMs: started.readyMs, memory: memoryOf(started.pid) });
      await started.stop();
    }
  }
  const summary = (/** @type {readonly Start[]} */ all) => ({
    readyMs: median(all.map(({ readyMs }) => readyMs)),
    mebibytes: median(all.flatMap(({ memory }) => memory?.now ?? [])),
  });
  return { few: summary(starts.few), large: summary(starts.large) };
}

/**
 * In turns, both servers warm; the CPU time of a signature says more than the clock on a machine with neighbours.
 *
 * @param {import('./server.mjs').Server} small
 * @param {import('./server.mjs').Server} large
 * @param {import('./workshop.mjs').Workshop} workshop
 * @param {import('./plan.mjs').Plan} plan
 */
async function compare(small, large, workshop, plan) {
  /** @type {Round[]} */
  const rounds = [];
  const load = { pool: 'many msg', connections: SATURATING, milliseconds: plan.windowMs, warmUpMs: plan.warmUpMs };
  for (let round = 0; round < plan.rounds; round++) {
    const seenSmall = await measureSignatures(small, workshop, load);
    const warmUpAnswers = round === 0 ? answersToWarmUp(1000) : 0;
    rounds.push({ small: seenSmall, large: await measureSignatures(large, workshop, { ...load, warmUpAnswers }) });
  }
  const of = (/** @type {(round: Round) => number} */ read) => median(rounds.map(read));
  return {
    smallPerSecond: of(({ small: seen }) => seen.perSecond),
    largePerSecond: of(({ large: seen }) => seen.perSecond),
    smallMicros: of(({ small: seen }) => seen.serverMicros),
    largeMicros: of(({ large: seen }) => seen.serverMicros),
    costRatio: of((round) => round.large.serverMicros / round.small.serverMicros),
    speedRatio: of((round) => round.small.perSecond / round.large.perSecond),
  };
}
