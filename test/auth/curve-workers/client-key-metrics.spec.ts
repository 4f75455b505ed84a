import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ClientKeyTally } from '../../../src/auth/curve-workers/pool/client-key-tally.js';
import type { CurvePool } from '../../../src/auth/curve-workers/pool/curve-pool.js';
import { Metrics } from '../../../src/metrics/metrics.js';
import { createWallet } from '../../crypto/mcl/batch/co-sign-fixtures.js';
import type { Wallet } from '../../crypto/mcl/batch/co-sign-fixtures.js';
import { jobOf, signedBy } from './co-sign-jobs.js';
import { watchWorkers } from './new-workers.js';
import { startRealPool } from './real-pool.js';

/** Hits, misses, evictions and entries. */
type Numbers = readonly [hits: number, misses: number, evictions: number, entries: number];

let metrics: Metrics;
beforeEach(() => {
  metrics = new Metrics();
});
let pool: CurvePool | undefined;
afterEach(async () => {
  await pool?.close();
  pool = undefined;
});

async function shown(cache: 'prepared' | 'decoded'): Promise<Numbers> {
  const lines = (await metrics.registry.metrics()).split('\n');
  const numberOf = (name: string): number => {
    const series = `kms_client_key_cache_${name}{cache="${cache}"} `;
    return Number(lines.find((line) => line.startsWith(series))?.slice(series.length) ?? NaN);
  };
  return [numberOf('hits_total'), numberOf('misses_total'), numberOf('evictions_total'), numberOf('entries')];
}

const all = async (): Promise<[Numbers, Numbers]> => [await shown('prepared'), await shown('decoded')];

async function sign(...wallets: Wallet[]): Promise<void> {
  const running = pool;
  if (running === undefined) throw new Error('no pool was started');
  const jobs = wallets.map((wallet) => jobOf(wallet));
  const results = await Promise.all(jobs.map((job) => running.run(job)));
  expect(results).toEqual(wallets.map((wallet, place) => signedBy(wallet, jobs[place] ?? jobOf(wallet))));
}

describe('the metrics of kept client keys', () => {
  it('are there and 0 before anything is signed', async () => {
    expect(await all()).toEqual([
      [0, 0, 0, 0],
      [0, 0, 0, 0],
    ]);
  });

  it('count what a worker finds and keeps, and go on from there when another replaces it', async () => {
    const watched = watchWorkers();
    pool = await startRealPool({ observer: metrics.signingPool });
    const [alice, bob] = [createWallet(), createWallet()];
    await sign(alice);
    await sign(bob);
    await sign(alice);
    await sign(alice);
    const before: [Numbers, Numbers] = [
      [2, 2, 0, 2],
      [0, 2, 0, 2],
    ];
    expect(await all()).toEqual(before);

    await watched.all[0]?.terminate();
    watched.stopWatching();
    expect(await all()).toEqual(before.map(([hits, misses, evictions]) => [hits, misses, evictions, 0]));
    await sign(alice);
    await sign(alice);
    expect(await all()).toEqual([
      [3, 3, 0, 1],
      [0, 3, 0, 1],
    ]);
  });

  it('are summed over the workers, and nothing is kept by a pool that is closed', async () => {
    pool = await startRealPool({ workers: 2, observer: metrics.signingPool });
    const alice = createWallet();
    // One for each worker: both are free.
    await sign(alice, alice);
    expect(await all()).toEqual([
      [0, 2, 0, 2],
      [0, 2, 0, 2],
    ]);
    await pool.close();
    expect((await all()).map(([, , , entries]) => entries)).toEqual([0, 0]);
  });

  it('stay 0 with an engine that keeps none', async () => {
    pool = await startRealPool({ engine: 'noble', observer: metrics.signingPool });
    await sign(createWallet());
    expect((await all()).flat().every((number) => number === 0)).toBe(true);
  });

  it('count the keys that were given up for others', async () => {
    const tally = new ClientKeyTally(metrics.signingPool);
    const worker = {};
    const decoded = { hits: 0, misses: 9, evictions: 0, entries: 9, bytes: 0 };
    tally.answered(worker, { prepared: { hits: 1, misses: 9, evictions: 7, entries: 2, bytes: 0 }, decoded });
    tally.answered(worker, { prepared: { hits: 1, misses: 12, evictions: 10, entries: 2, bytes: 0 }, decoded });
    expect(await all()).toEqual([
      [1, 12, 10, 2],
      [0, 9, 0, 9],
    ]);
  });
});
