import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { catchUp, countFromNowOn } from '../../../../src/auth/persistence/counts/catch-up.js';
import { CountSlices } from '../../../../src/auth/persistence/counts/count-slices.js';
import { keepCounters } from '../../../../src/auth/persistence/counts/counters.js';
import { SqliteUsage } from '../../../../src/auth/persistence/counts/sqlite-usage.js';
import type { CountedShare } from '../../../../src/auth/persistence/counts/sqlite-usage.js';
import { countScope } from '../../../../src/restrictions/limits/count-scope.js';
import type { CountScope } from '../../../../src/restrictions/limits/count-scope.js';
import type { Tally } from '../../../../src/restrictions/limits/usage.js';
import { parsePolicy } from '../../../../src/restrictions/policy/parse-policy.js';
import { factsOf, message, transfer } from '../../../restrictions/evaluation/asks.js';
import { POLICY_SEED } from '../../../restrictions/evaluation/policy-seed.js';
import { numbersFrom, RandomQuestions } from '../../../restrictions/evaluation/random-questions.js';
import { insertEntry } from '../../../support/entry-texts.js';
import { CountingWorld } from './counted-key.js';
import { plansOf } from './query-plans.js';

const { limits = [] } = parsePolicy({ limits: [{ kind: 'total', max_count: 1, operations: ['faucet:pour', 'data'] }] });
const SOME = limits[0]?.scope ?? countScope('all');
const TRANSACTIONS = countScope('transactions');
const SCOPES = [TRANSACTIONS, countScope('messages'), countScope('all'), SOME];

let world: CountingWorld;
let share: CountedShare;
let ofKey: { readonly client_id: string; readonly public_key: string };
beforeEach(async () => {
  world = await CountingWorld.open();
  share = await world.newKey();
  ofKey = { client_id: share.clientId, public_key: share.publicKeyHex };
});
afterEach(() => world.close());

const signOne = (value: bigint, scopes: readonly CountScope[] = []): Promise<void> =>
  world.write((statements) => {
    world.sign(share, factsOf(transfer({ value })), scopes, statements);
  });

const begin = (scopes: readonly CountScope[]): Promise<boolean> =>
  world.write((statements) => countFromNowOn(share, scopes, world.tables(statements)));

const totalOf = (scope: CountScope, which: 'counting' | 'prepared' = 'counting'): Promise<Tally> =>
  world.read((statements) =>
    new SqliteUsage(share, world.decisions, world.tables(statements), which).counter(scope).total(),
  );

/** Every row that counts something of the split key, whichever counter's it is by number. */
const counted = (): Promise<unknown[]> =>
  world.rows(
    `SELECT scope, at_ms, total_count, total_value, entry FROM auth_counts
       JOIN auth_counters ON auth_counters.id = counter WHERE share_id = ? ORDER BY scope, total_count`,
    share.id,
  );

/** Some hundred requests by two split keys, some of them again, of which those of one are counted and some refused. */
async function live(random: RandomQuestions): Promise<void> {
  const other = await world.newKey();
  await begin(SCOPES);
  const startMs = random.nowMs();
  await world.write((statements) => {
    for (let index = 0; index < 120; index++) {
      world.clock.setMilliseconds(startMs + Math.floor(index / 2) * 500);
      const facts = factsOf(random.ask(startMs));
      const became = random.one(['signed', 'signed', 'signed', 'refused', 'signed by another'] as const);
      if (became === 'refused') world.record(share, facts, statements, 'SIGNING.NOT_ALLOWED');
      else if (became === 'signed by another') world.record(other, facts, statements);
      else world.sign(share, facts, SCOPES, statements);
    }
  });
}

describe('what was signed before a limit', () => {
  it(`is counted from the record as when it was signed, in slices and across restarts (POLICY_SEED=${POLICY_SEED})`, async () => {
    const random = new RandomQuestions(numbersFrom(POLICY_SEED));
    await live(random);
    const rows = await counted();
    expect(rows.length).toBeGreaterThan(60);
    await world.write((statements) => {
      keepCounters(share.id, new Set(), statements);
    });
    expect(await counted()).toEqual([]);
    for (const scope of SCOPES) {
      let slices = 0;
      const slice = (): Promise<boolean> =>
        world.write((statements) => catchUp(share, scope, 1 + random.below(9), world.tables(statements)));
      while (!(await slice())) if (++slices === 3) await world.restart();
      expect(slices).toBeGreaterThan(3);
    }
    expect(await counted()).toEqual(rows);
    expect(await begin(SCOPES)).toBe(true);
    expect(await counted()).toEqual(rows);
  });

  it('is prepared while signing goes on, and missing nothing when the limit comes into force', async () => {
    const slices = new CountSlices(world.unitOfWork, world.guard);
    await signOne(1n);
    await slices.prepare(share, SCOPES, 'owner');
    expect(await totalOf(TRANSACTIONS, 'prepared')).toMatchObject({ valueSas: 1n, count: 1 });
    await expect(totalOf(TRANSACTIONS)).rejects.toThrow('nothing counts');
    await signOne(20n);
    expect(await begin(SCOPES)).toBe(true);
    await signOne(300n, SCOPES);
    await slices.prepare(share, SCOPES, 'owner');
    expect(await totalOf(TRANSACTIONS)).toMatchObject({ valueSas: 321n, count: 3 });
  });

  it('comes into force only when there is little left to count', async () => {
    await world.write((statements) => {
      for (let signed = 0; signed < 501; signed++) world.record(share, factsOf(transfer({ value: 1n })), statements);
    });
    expect(await begin([TRANSACTIONS])).toBe(false);
    await expect(totalOf(TRANSACTIONS)).rejects.toThrow('nothing counts');
    await new CountSlices(world.unitOfWork, world.guard).prepare(share, [TRANSACTIONS], 'owner');
    expect(await begin([TRANSACTIONS])).toBe(true);
    expect(await totalOf(TRANSACTIONS)).toMatchObject({ valueSas: 501n, count: 501 });
  });

  it('that was prepared for a policy which never came is let go by the next, and what is in force is not', async () => {
    const slices = new CountSlices(world.unitOfWork, world.guard);
    await begin([TRANSACTIONS]);
    await slices.prepare(share, [countScope('messages')], 'owner');
    await slices.prepare(share, [SOME], 'owner');
    const scopes = await world.rows('SELECT scope FROM auth_counters WHERE share_id = ? ORDER BY id', share.id);
    expect(scopes).toEqual([{ scope: TRANSACTIONS.key }, { scope: SOME.key }]);
    await begin([SOME]);
    await expect(totalOf(TRANSACTIONS)).rejects.toThrow('nothing counts');
  });

  it('of earlier releases counts by number, in whatever it may have been', async () => {
    await world.write((statements) => {
      for (const facts of [factsOf(transfer({ value: 5n })), factsOf(message())]) {
        insertEntry({ action: `sign-${facts.kind}`, ...ofKey, signed_hash: facts.hash }, statements);
      }
    });
    await begin(SCOPES);
    const totals = await Promise.all(SCOPES.map((scope) => totalOf(scope)));
    expect(totals.map(({ count, valueSas }) => [count, valueSas])).toEqual([
      [1, 0n],
      [1, 0n],
      [2, 0n],
      [1, 0n],
    ]);
  });

  it('is not counted around what cannot be read', async () => {
    const unreadable = { action: 'sign-transaction', ...ofKey, signed_hash: 'aa', facts: { asked: { value: '1' } } };
    await world.write((statements) => {
      insertEntry(unreadable, statements);
    });
    await expect(begin([TRANSACTIONS])).rejects.toThrow('entry 1 of the record');
    await expect(totalOf(TRANSACTIONS, 'prepared')).rejects.toThrow('nothing counts');
  });

  it('counts on where the clock was set back, at the time of what was counted last', async () => {
    world.clock.setMilliseconds(1_700_000_005_000);
    await signOne(1n);
    world.clock.setMilliseconds(1_700_000_000_000);
    await signOne(2n);
    await begin([TRANSACTIONS]);
    expect(await totalOf(TRANSACTIONS)).toEqual({ valueSas: 3n, count: 2, atMs: 1_700_000_005_000 });
  });

  it('is found by the index of the record', async () => {
    await begin(SCOPES);
    const plans = await plansOf(world.database, 'SELECT', /audit_entries/);
    expect(plans).toEqual(['SEARCH audit_entries USING INDEX audit_entries_signing (<expr>=? AND rowid>?)']);
  });
});
