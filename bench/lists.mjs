// node bench/lists.mjs: what a list of 10,000 split keys costs those who do not read it. After `npm run build`.
import { rmSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { forkAnswerer, killChildren } from './children.mjs';
import { describeMachine } from './machine.mjs';
import { figure, renderTable } from './table.mjs';

const KEYS = 10_000;
const AT_ONCE = 64;
/** Of each the best is shown: what a neighbour on the machine takes is not ours. */
const ROUNDS = 3;

const directory = mkdtempSync(join(tmpdir(), 'kms-lists-'));
const server = forkAnswerer('./lists-server.mjs');
try {
  const { url, token, clientId } = await server.ask({ kind: 'start', directory, keys: KEYS });
  const get = async (/** @type {string} */ path) => {
    const answer = await fetch(`${url}${path}`, { headers: { 'X-Jwt-Token': token } });
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return { text: await answer.text(), link: answer.headers.get('link') };
  };
  const pages = async () => {
    for (let /** @type {string | undefined} */ link = ''; link !== undefined;) {
      const answer = await get(`/keys/${clientId}${link}`);
      link = /^<(.*)>/.exec(answer.link ?? '')?.[1];
    }
  };
  const every = `/zvault/keys/${clientId}`;
  /** @type {[name: string, ask: () => Promise<unknown>, rounds?: number][]} */
  const asks = [
    ['nothing, for two seconds', () => new Promise((resolve) => setTimeout(resolve, 2000))],
    [`all ${figure(KEYS)} in one answer`, () => get(every)],
    ['the same without user shares', () => get(`${every}?shares=none`)],
    ['in pages of 1,000', pages],
    [`all, ${AT_ONCE} times at once`, () => Promise.all(Array.from({ length: AT_ONCE }, () => get(every))), 1],
  ];
  const rows = [['', 's', 'longest turn, ms of CPU', 'longest delay, ms', 'memory at most, MiB']];
  for (const [name, ask, rounds = ROUNDS] of asks) rows.push([name, ...(await measured(ask, rounds))]);
  const machine = describeMachine();
  process.stdout.write(`${machine.date}, ${machine.cpu}, ${machine.cores} cores, Node ${machine.node}\n`);
  process.stdout.write(`${renderTable(rows, true)}\n`);
} finally {
  killChildren();
  rmSync(directory, { recursive: true, force: true });
}

/**
 * @param {() => Promise<unknown>} ask
 * @param {number} rounds
 */
async function measured(ask, rounds) {
  /** @type {Record<'seconds' | 'turnMs' | 'longestMs' | 'mebibytes', number>[]} */
  const all = [];
  for (let round = 0; round < rounds; round++) {
    await server.ask({ kind: 'watch' });
    const begun = performance.now();
    await ask();
    const seconds = (performance.now() - begun) / 1000;
    all.push({ seconds, ...(await server.ask({ kind: 'seen' })) });
  }
  /**
   * @param {keyof (typeof all)[number]} name
   * @param {number} decimals
   */
  const best = (name, decimals) => figure(Math.min(...all.map((round) => round[name])), decimals);
  return [best('seconds', 2), best('turnMs', 1), best('longestMs', 1), best('mebibytes', 0)];
}
