import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CountSlices } from '../../../../src/auth/persistence/counts/count-slices.js';
import { keepCounters } from '../../../../src/auth/persistence/counts/counters.js';
import type { CountedShare } from '../../../../src/auth/persistence/counts/sqlite-usage.js';
import { countScope } from '../../../../src/restrictions/limits/count-scope.js';
import { factsOf, transfer } from '../../../restrictions/evaluation/asks.js';
import { CountingWorld } from './counted-key.js';
import { plansOf } from './query-plans.js';

const [TRANSACTIONS, ALL] = [countScope('transactions'), countScope('all')];
const SIGNED = 7;

let world: CountingWorld;
let share: CountedShare;
beforeEach(async () => {
  world = await CountingWorld.open();
  share = await world.newKey();
  await world.begin(share, [TRANSACTIONS, ALL]);
  await signSome(share);
});
afterEach(() => world.close());

function signSome(by: CountedShare): Promise<void> {
  return world.write((statements) => {
    for (let signed = 0; signed < SIGNED; signed++) {
      world.sign(by, factsOf(transfer({ value: 3n })), [TRANSACTIONS, ALL], statements);
    }
  });
}

const countsOf = async (scope: string): Promise<number> =>
  (
    await world.rows(
      'SELECT 1 FROM auth_counts JOIN auth_counters ON auth_counters.id = counter WHERE scope = ? AND share_id = ?',
      ...[scope, share.id],
    )
  ).length;

const sizes = async (): Promise<readonly [counters: number, counts: number]> => [
  (await world.rows('SELECT 1 FROM auth_counters')).length,
  (await world.rows('SELECT 1 FROM auth_counts')).length,
];

/** Sweeps until nothing is left to be swept; says what each batch did. */
async function sweepAll(most: number): Promise<number[]> {
  const slices = new CountSlices(world.unitOfWork, world.guard);
  const batches: number[] = [];
  for (let last = -1; last !== 0;) batches.push((last = await slices.deleteLetGo(most)));
  return batches;
}

describe('the counters of a split key', () => {
  it('go with it, and their counts are deleted later, a few at a time', async () => {
    const other = await world.newKey();
    await world.begin(other, [TRANSACTIONS, ALL]);
    await signSome(other);
    await world.write((statements) => statements.runOne('DELETE FROM auth_server_shares WHERE id = ?', share.id));
    expect(await world.rows('SELECT 1 FROM auth_counters WHERE share_id = ?', share.id)).toEqual([]);
    expect(await sizes()).toEqual([4, 4 * SIGNED]);
    expect(await sweepAll(3)).toEqual([3, 3, 2, 3, 3, 2, 0]);
    expect(await sizes()).toEqual([2, 2 * SIGNED]);
    expect((await world.read((statements) => world.usage(other, statements).counter(ALL).total())).count).toBe(SIGNED);
  });

  it('are let go by a policy that counts so no more, and counted no further', async () => {
    await world.write((statements) => {
      keepCounters(share.id, new Set([ALL.key]), statements);
    });
    expect(await countsOf('transactions')).toBe(0);
    expect(await countsOf('all')).toBe(SIGNED);
    await expect(world.read((statements) => world.usage(share, statements).counter(TRANSACTIONS))).rejects.toThrow(
      'nothing counts',
    );
    expect(await sweepAll(SIGNED)).toEqual([SIGNED, 1, 0]);
  });

  it.each([
    ['changed', 'UPDATE auth_counts SET total_count = 1'],
    ['deleted', 'DELETE FROM auth_counts'],
    ['replaced', 'INSERT OR REPLACE INTO auth_counts SELECT * FROM auth_counts'],
    ['counted twice', row('max(at_ms)', 'max(total_count)', 'max(total_value)')],
    ['counted by two', row('max(at_ms)', 'max(total_count) + 2', 'max(total_value)')],
    ['counted before what was counted last', row('max(at_ms) - 1', 'max(total_count) + 1', 'max(total_value)')],
    ['made less', row('max(at_ms)', 'max(total_count) + 1', "x'00000000000000000000000000000001'")],
    ['made longer', row('max(at_ms)', 'max(total_count) + 1', "x'0100000000000000000000000000000001'")],
    ['taken from under their counts', 'DELETE FROM auth_counters'],
  ])('are not %s by anybody', async (_, sql) => {
    const rows = await world.rows('SELECT * FROM auth_counts');
    // As text: what SQLite throws is no Error of this file's, where Jest has loaded the driver for another before.
    const came = await world.write((statements) => statements.run(sql)).then(String, String);
    expect(came).toMatch(/append-only|constraint failed/);
    expect(await world.rows('SELECT * FROM auth_counts')).toEqual(rows);
  });

  it('take one row more of the right form', async () => {
    await world.write((statements) => statements.runOne(row('max(at_ms)', 'max(total_count) + 1', 'max(total_value)')));
    expect((await sizes())[1]).toBe(2 * SIGNED + 1);
  });

  it('are known again after a restart', async () => {
    const total = { valueSas: 3n * BigInt(SIGNED), count: SIGNED };
    await world.restart();
    const usage = await world.read((statements) => world.usage(share, statements).counter(ALL).total());
    expect(usage).toMatchObject(total);
  });

  it('are found by the keys of their tables, whatever is asked of them', async () => {
    await world.read((statements) => {
      const counter = world.usage(share, statements).counter(ALL);
      expect(counter.whenValueWas(counter.total().valueSas)).toBe(world.clock.nowMilliseconds());
      expect(counter.whenCountWas(1)).toBe(world.clock.nowMilliseconds());
    });
    await world.write((statements) => {
      keepCounters(share.id, new Set(), statements);
    });
    await sweepAll(3);
    const plans = [
      ...(await plansOf(world.database, 'SELECT', /auth_count/)),
      ...(await plansOf(world.database, '\n', /auth_count/)),
      ...(await plansOf(world.database, 'DELETE', /auth_count/)),
      // What a migration does once reads all.
      ...(await plansOf(world.database, 'UPDATE', /^(?!.*newest_count = coalesce).*auth_count/s)),
    ];
    expect(plans.length).toBeGreaterThan(5);
    expect(plans.filter((plan) => !plan.startsWith('SEARCH') || /SCAN|TEMP/.test(plan))).toEqual([]);
  });
});

/** A row more for the counter that counted first. */
function row(at: string, count: string, value: string): string {
  return `INSERT INTO auth_counts (counter, at_ms, total_count, total_value, entry)
    SELECT counter, ${at}, ${count}, ${value}, 1 FROM auth_counts WHERE counter = (SELECT min(counter) FROM auth_counts)`;
}
