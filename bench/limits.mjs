// What three limits cost a signature, with much signed before (`--only limits`).
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { measurePair, renderComparison } from './comparison.mjs';
import { authenticateRowsIn } from './key-rings.mjs';
import { insertHistory, limitWallets, requireCounted } from './history.mjs';
import { answersToWarmUp } from './measure.mjs';
import { SATURATING, SCENARIOS } from './plan.mjs';
import { startServer } from './server.mjs';
import { sum } from './statistics.mjs';
import { figure } from './table.mjs';

/** Signatures in the windows: of one split key, and of all others together. */
const SIGNED_BEFORE = 100_000;

/** Short windows and many of them, as where builds are compared. */
const ROUNDS = 12;
const WINDOW_MS = 1500;
const WARM_UP_MS = 300;

const WHO = SCENARIOS.filter(({ name }) => name !== 'some');

/**
 * Transfers of split keys without limits, and the same ones of the same keys with three limits, window by window in turn,
 * of two servers of this build. The databases differ by the limits and what they have counted alone; the record of both
 * has all that was signed before.
 *
 * @param {import('./workshop.mjs').Workshop} workshop
 * @param {import('./plan.mjs').Plan} plan
 * @param {import('./plan.mjs').Say} say
 */
export async function compareLimits(workshop, plan, say) {
  const { root, directories, wallets } = workshop;
  say(`recording ${figure(2 * SIGNED_BEFORE)} signatures, and counting them in three scopes`);
  const perWallet = Math.ceil(SIGNED_BEFORE / (wallets.length - 1));
  const past = wallets.map((wallet, index) => ({ wallet, signatures: index === 0 ? SIGNED_BEFORE : perWallet }));
  insertHistory(directories.many, past);
  const limited = join(root, 'limited');
  cpSync(directories.many, limited, { recursive: true });
  limitWallets(limited, past);
  await authenticateRowsIn(limited);
  const servers = { plain: await startServer(directories.many, plan), limited: await startServer(limited, plan) };
  /** @type {import('./comparison.mjs').Pair[]} */
  const pairs = [];
  for (let round = 0; round < (plan.quick ? 1 : ROUNDS); round++) {
    say(`limits, round ${round + 1}`);
    for (const { name, label, wallets: count } of WHO) {
      const warmUpAnswers = round === 0 ? answersToWarmUp(count) : 0;
      const load = { pool: `${name} txn`, connections: SATURATING, warmUpMs: WARM_UP_MS, warmUpAnswers };
      const both = { ...load, milliseconds: WINDOW_MS };
      const pair = await measurePair(servers.limited, servers.plain, workshop, both, round % 2 === 0);
      pairs.push({ label: `${label}, txn`, ...pair });
    }
  }
  await servers.limited.stop();
  await servers.plain.stop();
  const signed = sum([...past.map(({ signatures }) => signatures), ...pairs.map(({ succeeded }) => succeeded)]);
  requireCounted(limited, 3 * signed);
  return pairs;
}

/**
 * @param {readonly import('./comparison.mjs').Pair[]} pairs
 * @param {import('./machine.mjs').Machine} machine
 * @param {boolean} asMarkdown
 */
export function renderLimits(pairs, machine, asMarkdown) {
  const about =
    `${machine.date}, ${machine.cores} cores of ${machine.cpu}, Node ${machine.node}; load average before ` +
    `${figure(machine.loadBefore, 1)}; ${figure(SIGNED_BEFORE)} transfers in the windows of the one wallet, and as many ` +
    `in those of the others together; three limits of three scopes.`;
  return [about, renderComparison(pairs, asMarkdown, 'with limits to without')].join('\n\n');
}
