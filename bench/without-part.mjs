// What a part of each signature costs: evidence and the tree behind it (`--only evidence`), or codes of rows (`--only rows`).
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { measurePair, renderComparison } from './comparison.mjs';
import { answersToWarmUp } from './measure.mjs';
import { SATURATING, SCENARIOS } from './plan.mjs';
import { startServer } from './server.mjs';
import { figure } from './table.mjs';

/** Short windows and many of them, as where builds are compared. */
const ROUNDS = 12;
const WINDOW_MS = 1500;
const WARM_UP_MS = 300;

/** What is loaded into the server to have it do without, and which speed is asked for, as the ratio to it. */
export const PARTS = {
  evidence: { without: './without-evidence.mjs', goal: 0.95, ratio: 'with evidence to without' },
  rows: { without: './without-row-codes.mjs', goal: 0.97, ratio: 'with codes of rows to without' },
};

/** @typedef {(typeof PARTS)[keyof typeof PARTS]} Part */

/**
 * The peak of this build as it is, and of the same build without a part, window by window in turn. Both write an entry for
 * each signature, on copies of one database.
 *
 * @param {Part} part
 * @param {import('./workshop.mjs').Workshop} workshop
 * @param {import('./plan.mjs').Plan} plan
 * @param {import('./plan.mjs').Say} say
 */
export async function compareWithout({ without }, workshop, plan, say) {
  const { root, directories } = workshop;
  const copy = join(root, 'without');
  cpSync(directories.many, copy, { recursive: true });
  const servers = {
    given: await startServer(directories.many, plan),
    without: await startServer(copy, plan, ['--import', new URL(without, import.meta.url).href]),
  };
  /** @type {import('./comparison.mjs').Pair[]} */
  const pairs = [];
  for (let round = 0; round < (plan.quick ? 1 : ROUNDS); round++) {
    say(`round ${round + 1}`);
    for (const { name, label, wallets } of SCENARIOS) {
      const warmUpAnswers = round === 0 ? answersToWarmUp(wallets) : 0;
      for (const call of ['msg', 'txn']) {
        const load = { pool: `${name} ${call}`, connections: SATURATING, warmUpMs: WARM_UP_MS, warmUpAnswers };
        const both = { ...load, milliseconds: WINDOW_MS };
        const pair = await measurePair(servers.given, servers.without, workshop, both, round % 2 === 0);
        pairs.push({ label: `${label}, ${call}`, ...pair });
      }
    }
  }
  await servers.given.stop();
  await servers.without.stop();
  return pairs;
}

/**
 * @param {Part} part
 * @param {readonly import('./comparison.mjs').Pair[]} pairs
 * @param {import('./machine.mjs').Machine} machine
 * @param {boolean} asMarkdown
 */
export function renderWithout({ goal, ratio }, pairs, machine, asMarkdown) {
  const about =
    `${machine.date}, ${machine.cores} cores of ${machine.cpu}, Node ${machine.node}; load average before ` +
    `${figure(machine.loadBefore, 1)}; the speed asked for is ${figure(goal, 2)} at least.`;
  return [about, renderComparison(pairs, asMarkdown, ratio)].join('\n\n');
}
