// What it does to signing that everything is sealed again under new data keys (`--only reseal`).
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { askService } from '#built/cli/kms/ask-service.js';
import { insertWallets } from './database.mjs';
import { authenticateRowsIn } from './key-rings.mjs';
import { measure, measureSignatures } from './measure.mjs';
import { sealEverythingIn } from './sealed-values.mjs';
import { startServer } from './server.mjs';
import { median, percentile } from './statistics.mjs';
import { figure, renderTable } from './table.mjs';
import { makeFiller } from './wallets.mjs';

/** With four sealed values each: master key, words, user share and server share. */
const WALLETS = 2500;
const ROUNDS = 12;
const POOL = 'many msg';

/** Signatures a second. What a machine of two cores signs at most is ten times the one and four times the other. */
const LOADS = [200, 500];

const GOALS = { rowsPerSecond: 2000, p99: 1.2 };

/**
 * One round: the same load with and without.
 *
 * @typedef {Awaited<ReturnType<typeof measureRound>>} Round
 * @typedef {Awaited<ReturnType<typeof measureReseal>>} Measured
 */

/**
 * Signing at a steady load while everything is sealed again, and without it, in turn.
 *
 * @param {import('./workshop.mjs').Workshop} workshop
 * @param {import('./plan.mjs').Plan} plan
 * @param {import('./plan.mjs').Say} say
 */
export async function measureReseal(workshop, plan, say) {
  const directory = join(workshop.root, 'sealed');
  cpSync(workshop.directories.many, directory, { recursive: true });
  say(`sealing what ${figure(WALLETS)} wallets have`);
  const fillers = Array.from({ length: WALLETS - workshop.wallets.length }, makeFiller);
  insertWallets(directory, fillers);
  const values = await sealEverythingIn(directory);
  await authenticateRowsIn(directory);
  const server = await startServer(directory, plan);
  const socket = join(directory, 'operator.sock');
  const warmUp = { perSecond: LOADS[0], milliseconds: 0, warmUpMs: plan.warmUpMs };
  await measure(server, workshop.generator, { ...warmUp, pool: POOL, warmUpAnswers: workshop.wallets.length });
  const loads = [];
  for (const perSecond of LOADS) {
    /** @type {Round[]} */
    const rounds = [];
    for (let round = 0; round < (plan.quick ? 1 : ROUNDS); round++) {
      say(`sealing ${figure(values)} values again beside ${perSecond} signatures a second, round ${round + 1}`);
      const lastMs = rounds.at(-1)?.milliseconds ?? 0;
      const steady = { pool: POOL, perSecond, warmUpMs: plan.warmUpMs };
      rounds.push(await measureRound(server, workshop, steady, { socket, values, round, lastMs }));
    }
    loads.push({ perSecond, rounds });
  }
  await server.stop();
  return { values, loads };
}

/**
 * @param {import('./server.mjs').Server} server
 * @param {import('./workshop.mjs').Workshop} workshop
 * @param {Omit<import('./measure.mjs').Load, 'milliseconds'>} load
 * @param {{ readonly socket: string, readonly values: number, readonly round: number, readonly lastMs: number }} set
 */
async function measureRound(server, workshop, load, { socket, values, round, lastMs }) {
  let milliseconds = 0;
  const during = async () => {
    const startedAt = performance.now();
    const done = await askService(socket, 'kek-reseal');
    milliseconds = performance.now() - startedAt;
    // Else it has measured something else.
    if (done.values !== values || done.damaged !== 0) throw new Error(`sealed again: ${JSON.stringify(done)}`);
  };
  // Which comes first changes; the first round has to say how long it takes.
  const withFirst = round % 2 === 0;
  const quiet = () => measureSignatures(server, workshop, { ...load, milliseconds: milliseconds || lastMs });
  const before = withFirst ? undefined : await quiet();
  const resealed = await measureSignatures(server, workshop, { ...load, during });
  const without = before ?? (await quiet());
  return {
    milliseconds,
    rowsPerSecond: (values * 1000) / milliseconds,
    resealed,
    quiet: without,
    /** Of the HTTP thread, for each value. */
    micros: (mainOf(resealed) - (mainOf(without) * resealed.seconds) / without.seconds) / values,
  };
}

/** @param {Pick<import('./measure.mjs').Seen, 'threads' | 'answered'>} seen */
const mainOf = ({ threads, answered }) => (threads?.main ?? NaN) * answered;

/**
 * @param {Measured} measured
 * @param {import('./machine.mjs').Machine} machine
 * @param {boolean} asMarkdown
 */
export function renderReseal({ values, loads }, machine, asMarkdown) {
  const about =
    `${machine.date}, ${machine.cores} cores of ${machine.cpu}, Node ${machine.node}; load average before ` +
    `${figure(machine.loadBefore, 1)}; ${figure(values)} sealed values. Asked for: ` +
    `${figure(GOALS.rowsPerSecond)} values a second, and a p99 of ${figure(GOALS.p99, 1)} times that without it at most.`;
  const heading = [
    'signatures/s',
    'values/s',
    'quartiles',
    'p50 ms',
    'without',
    'p99 ms',
    'without',
    'ratio',
    'quartiles',
  ];
  const rows = loads.map(({ perSecond, rounds }) => {
    const speeds = rounds.map(({ rowsPerSecond }) => rowsPerSecond);
    const ratios = rounds.map((round) => round.resealed.p99 / round.quiet.p99);
    const middle = (/** @type {(round: Round) => number} */ read) => figure(median(rounds.map(read)), 1);
    return [
      figure(perSecond),
      figure(median(speeds)),
      `${figure(percentile(speeds, 25))} to ${figure(percentile(speeds, 75))}`,
      middle(({ micros }) => micros),
      middle(({ resealed }) => resealed.p50),
      middle(({ quiet }) => quiet.p50),
      middle(({ resealed }) => resealed.p99),
      middle(({ quiet }) => quiet.p99),
      figure(median(ratios), 2),
      `${figure(percentile(ratios, 25), 2)} to ${figure(percentile(ratios, 75), 2)}`,
    ];
  });
  return [about, renderTable([heading, ...rows], asMarkdown)].join('\n\n');
}
