// Two builds of the service in turn: what a change cost, on a machine whose speed changes by the minute.
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { answersToWarmUp, measureSignatures } from './measure.mjs';
import { SATURATING, SCENARIOS } from './plan.mjs';
import { startServer } from './server.mjs';
import { median, percentile } from './statistics.mjs';
import { figure, renderTable } from './table.mjs';

/** @typedef {Awaited<ReturnType<typeof measurePair>> & { readonly label: string }} Pair */

/** Short windows and many of them: neighbours in time see the same machine. */
const ROUNDS = 10;

/**
 * The peak of the build in the folder `plan.against`, the older one, and of this one, window by window in turn. Both
 * serve copies of the same database, which the older build has made. Of each pair of windows the ratio is taken, ours
 * to theirs.
 *
 * @param {import('./workshop.mjs').Workshop} workshop
 * @param {import('./plan.mjs').Plan} plan
 * @param {import('./plan.mjs').Say} say
 */
export async function compareBuilds(workshop, plan, say) {
  const { many } = workshop.directories;
  const copy = join(workshop.root, 'theirs');
  cpSync(many, copy, { recursive: true });
  const theirs = await startServer(copy, { ...plan, project: plan.against });
  const ours = await startServer(many, plan);
  /** @type {Pair[]} */
  const pairs = [];
  for (let round = 0; round < (plan.quick ? 1 : ROUNDS); round++) {
    say(`comparing, round ${round + 1}`);
    for (const { name, label, wallets } of SCENARIOS) {
      const warmUp = { warmUpMs: plan.warmUpMs, warmUpAnswers: round === 0 ? answersToWarmUp(wallets) : 0 };
      for (const call of ['msg', 'txn']) {
        const load = { pool: `${name} ${call}`, connections: SATURATING, ...warmUp, milliseconds: plan.windowMs };
        pairs.push({
          label: `${label}, ${call}`,
          ...(await measurePair(ours, theirs, workshop, load, round % 2 === 0)),
        });
      }
    }
  }
  await ours.stop();
  await theirs.stop();
  return pairs;
}

/**
 * The same load on one server and then on the other, and the ratios.
 *
 * @param {import('./server.mjs').Server} ours
 * @param {import('./server.mjs').Server} theirs
 * @param {import('./workshop.mjs').Workshop} workshop
 * @param {import('./measure.mjs').Load} load
 * @param {boolean} oursFirst
 */
export async function measurePair(ours, theirs, workshop, load, oursFirst) {
  const order = oursFirst ? [ours, theirs] : [theirs, ours];
  /** @type {Omit<import('./measure.mjs').Seen, 'samples'>[]} */
  const seen = [];
  for (const server of order) seen.push(await measureSignatures(server, workshop, load));
  const [us, them] = oursFirst ? seen : [...seen].reverse();
  const [ourMain, theirMain] = [us, them].map(({ threads }) => threads?.main ?? NaN);
  return {
    succeeded: us.succeeded,
    perSecond: us.perSecond,
    speed: us.perSecond / them.perSecond,
    cpu: us.serverMicros / them.serverMicros,
    main: ourMain / theirMain,
    mainMicros: ourMain,
    theirMainMicros: theirMain,
  };
}

/**
 * A row for each kind of load, and one for all of them: medians of the ratios, with the quartiles of the speed.
 *
 * @param {readonly Pair[]} pairs
 * @param {boolean} asMarkdown
 * @param {string} what is compared with what
 */
export function renderComparison(pairs, asMarkdown, what = 'ours to theirs') {
  const labels = [...new Set(pairs.map(({ label }) => label))];
  const heading = [what, 'req/s', 'speed', 'quartiles', 'CPU', 'HTTP thread', 'its µs', 'against'];
  /** @type {(readonly [string, readonly Pair[]])[]} */
  const groups = [
    ...labels.map((label) => /** @type {const} */ ([label, pairs.filter((pair) => pair.label === label)])),
    ['all', pairs],
  ];
  const rows = groups.map(([label, group]) => {
    const speeds = group.map(({ speed }) => speed);
    return [
      label,
      figure(median(group.map(({ perSecond }) => perSecond))),
      figure(median(speeds), 3),
      `${figure(percentile(speeds, 25), 2)} to ${figure(percentile(speeds, 75), 2)}`,
      figure(median(group.map(({ cpu }) => cpu)), 3),
      figure(median(group.map(({ main }) => main)), 3),
      figure(median(group.map(({ mainMicros }) => mainMicros))),
      figure(median(group.map(({ theirMainMicros }) => theirMainMicros))),
    ];
  });
  return renderTable([heading, ...rows], asMarkdown);
}
