import { hash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Refusal } from '../../../../src/auth/signing/refusal.js';
import { parsePolicy } from '../../../../src/restrictions/policy/parse-policy.js';
import type { PolicyJsonObject } from '../../../../src/restrictions/policy/policy-json.js';
import { factsOf, message, transfer } from '../../../restrictions/evaluation/asks.js';
import { numbersFrom } from '../../../restrictions/evaluation/random-questions.js';
import { POLICY_SEED } from '../../../restrictions/evaluation/policy-seed.js';
import { ledgerWorld } from '../../curve-workers/ledger-world.js';
import type { LedgerWorld } from '../../curve-workers/ledger-world.js';

let world: LedgerWorld;
beforeEach(async () => {
  world = await ledgerWorld();
});
afterEach(async () => {
  await world.unitOfWork.idle();
  await world.database.close();
});

const ONE_MINUTE = { kind: 'rolling', window_seconds: 60 };

const setLimits = (limits: PolicyJsonObject[], shareId = 'share 0'): Promise<void> =>
  world.setPolicy(shareId, parsePolicy({ limits }));

/** Asks for transfers of these values, each of a hash of its own, all at one moment. */
function askFor(values: readonly bigint[], shareId = 'share 0'): Promise<(Refusal | undefined)[]> {
  return Promise.all(
    values.map((value) => {
      const facts = factsOf(transfer({ value }));
      return world.decide(facts.hash, { shareId, facts });
    }),
  );
}

const approvedOf = (answers: readonly (Refusal | undefined)[]): number =>
  answers.filter((answer) => answer === undefined).length;

const reasonsOf = (answers: readonly (Refusal | undefined)[]): Set<string | undefined> =>
  new Set(answers.flatMap((answer) => (answer === undefined ? [] : [answer.rule?.reason])));

const ones = (count: number): bigint[] => Array.from({ length: count }, () => 1n);

interface CountRowJson {
  readonly counter: number;
  readonly total: number;
}

describe('a limit', () => {
  it('lets exactly one of 64 through, in each of 256 rounds', async () => {
    await setLimits([{ ...ONE_MINUTE, max_count: 1 }]);
    for (let round = 0; round < 256; round += 1) {
      const answers = await askFor(ones(64));
      expect([round, approvedOf(answers)]).toEqual([round, 1]);
      world.clock.advanceSeconds(60);
    }
  });

  it('of 100 lets exactly 100 of 200 through', async () => {
    await setLimits([{ kind: 'total', max_count: 100 }]);
    const answers = await askFor(ones(200));
    expect(approvedOf(answers)).toBe(100);
    expect(reasonsOf(answers)).toEqual(new Set(['limit-reached']));
    // The refused are refused for good.
    expect(approvedOf(await askFor(ones(10)))).toBe(0);
  });

  it('counts a hash once, however often it is asked for, and answers it again when the limit is used up', async () => {
    await setLimits([{ kind: 'total', max_value: '10', max_count: 3 }]);
    const first = factsOf(transfer({ value: 4n }));
    const same = await Promise.all(
      Array.from({ length: 50 }, () => world.decide(first.hash, { shareId: 'share 0', facts: first })),
    );
    expect(approvedOf(same)).toBe(50);
    expect(approvedOf(await askFor([4n, 2n, 0n]))).toBe(2);
    expect(await world.decide(first.hash, { shareId: 'share 0', facts: first })).toBeUndefined();
    const counts = await world.database.dataSource.query<CountRowJson[]>(
      'SELECT counter, count(*) AS total FROM auth_counts GROUP BY counter',
    );
    expect(counts.map(({ total }) => total)).toEqual([3]);
  });

  it('takes a hash that was approved as a message for another than the transaction', async () => {
    await world.setPolicy(
      'share 0',
      parsePolicy({ messages: 'any', limits: [{ kind: 'total', max_count: 1, of: 'all' }] }),
    );
    const signed = factsOf(message('not-shown', 'ab'.repeat(32)));
    expect(await world.decide(signed.hash, { facts: signed })).toBeUndefined();
    const transaction = factsOf(transfer({ hash: 'ab'.repeat(32) }));
    const refusal = await world.decide(transaction.hash, { facts: transaction });
    expect(refusal?.rule?.reason).toBe('limit-reached');
  });

  it('frees itself to the millisecond, and not when the clock is set back', async () => {
    await setLimits([{ ...ONE_MINUTE, max_value: '5' }]);
    expect(approvedOf(await askFor([5n]))).toBe(1);
    world.clock.advanceMilliseconds(59_999);
    const [refused] = await askFor([1n]);
    expect(refused?.rule).toMatchObject({ rule: 'limits[0]', reason: 'limit-reached', retryAfterSeconds: 1 });
    world.clock.advanceMilliseconds(1);
    expect(approvedOf(await askFor([5n]))).toBe(1);
    world.clock.advanceSeconds(-3600);
    expect(approvedOf(await askFor([1n]))).toBe(0);
    world.clock.advanceSeconds(3600);
    expect(approvedOf(await askFor([1n]))).toBe(0);
    world.clock.advanceSeconds(60);
    expect(approvedOf(await askFor([1n]))).toBe(1);
  });

  it('does not forget when the policy changes, and looks at what was signed before there was one', async () => {
    expect(approvedOf(await askFor([3n, 4n]))).toBe(2);
    await setLimits([{ kind: 'total', max_value: '10' }]);
    expect(approvedOf(await askFor([4n]))).toBe(0);
    expect(approvedOf(await askFor([3n]))).toBe(1);
    await setLimits([{ kind: 'total', max_value: '12', operations: ['transfer'] }]);
    expect(approvedOf(await askFor([3n]))).toBe(0);
    await world.setPolicy('share 0', {});
    expect(approvedOf(await askFor([100n]))).toBe(1);
    await setLimits([{ kind: 'total', max_value: '111' }]);
    expect(approvedOf(await askFor([2n]))).toBe(0);
    expect(approvedOf(await askFor([1n]))).toBe(1);
  });

  it('never lets more through under random limits, values and moments, on two keys at once', async () => {
    const random = numbersFrom(POLICY_SEED);
    const between = (least: number, most: number): number => least + Math.floor(random() * (most - least + 1));
    for (let trial = 0; trial < 12; trial += 1) {
      const limits = ['share 0', 'share 1'].map((shareId) => ({
        shareId,
        seconds: between(1, 5),
        most: between(0, 40),
        count: between(1, 12),
      }));
      for (const { shareId, seconds, most, count } of limits) {
        await setLimits(
          [{ kind: 'rolling', window_seconds: seconds, max_value: String(most), max_count: count }],
          shareId,
        );
      }
      const signed: { shareId: string; atMs: number; value: bigint }[] = [];
      // What an earlier trial signed is in none of the windows.
      world.clock.advanceSeconds(10);
      for (let step = 0; step < 25; step += 1) {
        const asks = Array.from({ length: between(1, 12) }, () => {
          const shareId = `share ${between(0, 1)}`;
          return { shareId, facts: factsOf(transfer({ value: BigInt(between(0, 9)) })) };
        });
        const atMs = world.clock.nowMilliseconds();
        const answers = await Promise.all(
          asks.map(({ shareId, facts }) => world.decide(facts.hash, { shareId, facts })),
        );
        for (const [index, { shareId, facts }] of asks.entries()) {
          const value = 'valueSas' in facts ? facts.valueSas : 0n;
          if (answers[index] === undefined) signed.push({ shareId, atMs, value });
        }
        for (const { shareId, seconds, most, count } of limits) {
          const inWindow = signed.filter((one) => one.shareId === shareId && one.atMs > atMs - seconds * 1000);
          expect(inWindow.length).toBeLessThanOrEqual(count);
          expect(inWindow.reduce((sum, { value }) => sum + value, 0n)).toBeLessThanOrEqual(BigInt(most));
        }
        world.clock.advanceMilliseconds(between(0, 1500));
      }
    }
  });
});

describe('the record of a signature', () => {
  it('says what was asked, and by which policy it was decided', async () => {
    await setLimits([{ kind: 'total', max_value: '10' }]);
    await askFor([4n]);
    const [entry] = await world.database.dataSource.query<{ facts: string }[]>(
      'SELECT facts FROM audit_record WHERE signed_hash IS NOT NULL ORDER BY id DESC LIMIT 1',
    );
    expect(JSON.parse(entry?.facts ?? '')).toMatchObject({
      asked: { operation: 'transfer', value: '4' },
      policy_hash: hash('sha256', '{"limits":[{"kind":"total","max_value":"10"}]}'),
      policy_revision: 2,
    });
  });
});

describe('a limit whose counts are gone', () => {
  it('signs nothing, and hinders no other key of the same moment', async () => {
    await setLimits([{ kind: 'total', max_value: '10' }]);
    await world.database.execute('UPDATE auth_counters SET is_counting = 0');
    const [lost, other] = await Promise.all([askFor([1n]), askFor([1n], 'share 1')]);
    expect(lost[0]?.code).toBe('SIGNING.FAILED');
    expect(other).toEqual([undefined]);
  });
});
