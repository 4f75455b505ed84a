import { describe, expect, it } from '@jest/globals';
import { evaluate } from '../../../src/restrictions/evaluate.js';
import { mostMovable } from '../../../src/restrictions/exposure/movable.js';
import { isMore } from '../../../src/restrictions/exposure/most-in-span.js';
import type { Amount } from '../../../src/restrictions/exposure/most-in-span.js';
import { parsePolicy } from '../../../src/restrictions/policy/parse-policy.js';
import type { Policy } from '../../../src/restrictions/policy/policy.js';
import { addressOf, callOf } from '../../chain/transaction-texts.js';
import { factsOf, transfer } from '../evaluation/asks.js';
import type { AskedTransaction } from '../evaluation/asks.js';
import { numbersFrom, RandomQuestions } from '../evaluation/random-questions.js';
import { usageOf } from '../evaluation/signed-before.js';
import type { Signed } from '../evaluation/signed-before.js';

const SEED = Number(process.env['POLICY_SEED'] ?? Math.floor(Math.random() * 2 ** 32));
const T0 = 1_000_000_000;

const past = (...signed: readonly (readonly [sas: bigint, msAgo: number])[]): Signed[] =>
  signed.map(([value, msAgo]) => ({ facts: factsOf(transfer({ value })), atMs: T0 - msAgo }));

const movable = (json: unknown, lengthMs: number, signed: readonly Signed[] = []): Amount =>
  mostMovable(parsePolicy(json), usageOf(signed), { fromMs: T0, beforeMs: T0 + lengthMs });

const rolling = (max: Record<string, unknown>): unknown => ({
  limits: [{ kind: 'rolling', window_seconds: 10, ...max }],
});
const TEN = rolling({ max_value: '10' });

describe('the most that can be moved', () => {
  it('in exactly one window is its maximum, and in a millisecond more twice that', () => {
    expect([1, 9_999, 10_000, 10_001, 20_000, 20_001].map((length) => movable(TEN, length))).toEqual([
      10n,
      10n,
      10n,
      20n,
      20n,
      30n,
    ]);
  });

  it('is less by what was signed, until that has left the window', () => {
    const signed = past([4n, 9_000], [3n, 0]);
    expect([1, 1_000, 1_001, 9_999, 10_000, 10_001, 11_001].map((length) => movable(TEN, length, signed))).toEqual([
      3n,
      3n,
      7n,
      7n,
      10n,
      13n,
      17n,
    ]);
  });

  it('is never below nothing where a limit was lowered', () => {
    const signed = past([40n, 5_000], [30n, 0]);
    expect([1, 5_001, 10_000, 10_001, 20_000].map((length) => movable(TEN, length, signed))).toEqual([
      0n,
      0n,
      10n,
      20n - 10n,
      20n,
    ]);
  });

  it('in periods is what is left of this one, and each that begins', () => {
    const policy = { limits: [{ kind: 'period', period_seconds: 10, anchor: T0 / 1000 - 4, max_value: '10' }] };
    const signed = past([9n, 4_001], [3n, 4_000]);
    expect([1, 6_000, 6_001, 16_000, 16_001].map((length) => movable(policy, length, signed))).toEqual([
      7n,
      7n,
      17n,
      17n,
      27n,
    ]);
  });

  it('in all is what is left, for however long', () => {
    const policy = { limits: [{ kind: 'total', max_value: '10' }] };
    expect(movable(policy, 1, past([3n, 9e8]))).toBe(7n);
    expect(movable(policy, Infinity, past([3n, 9e8]))).toBe(7n);
    expect(movable(policy, Infinity, past([13n, 9e8]))).toBe(0n);
  });

  it('is without bound where nothing bounds it', () => {
    expect(movable({}, 1)).toBe('unlimited');
    expect(movable({ max_value: '5' }, 1)).toBe('unlimited');
    expect(movable(rolling({ max_count: 2 }), 1)).toBe('unlimited');
    expect(movable(TEN, Infinity)).toBe('unlimited');
    expect(movable(rolling({ max_value: '0' }), Infinity)).toBe(0n);
    expect(
      movable({ messages: 'any', limits: [{ kind: 'total', max_count: 1, of: 'messages' }], max_value: '1' }, 1),
    ).toBe('unlimited');
  });

  it('is nothing where no operation can move any', () => {
    expect(movable({ operations: [] }, 1)).toBe(0n);
    expect(movable({ operations: ['data', 'data_signing'] }, 1)).toBe(0n);
    expect(movable({ max_value: '0' }, 1)).toBe(0n);
    expect(movable({ operations: ['storage:read_redeem'] }, 1)).toBe('unlimited');
  });

  it('is bounded by a number, where one transaction is', () => {
    const policy = { max_value: '5', limits: [{ kind: 'rolling', window_seconds: 10, max_count: 3 }] };
    expect([10_000, 10_001].map((length) => movable(policy, length))).toEqual([15n, 30n]);
    expect(movable(policy, 10_000, past([1n, 1]))).toBe(15n);
    expect(movable(policy, 9_999, past([1n, 1]))).toBe(10n);
    expect(movable({ limits: [{ kind: 'total', max_count: 1, of: 'all' }] }, 1, past([1n, 1]))).toBe(0n);
  });

  it('is the least of several limits, or the sum of those that together count every operation', () => {
    const [ofTransfers, ofPours] = [
      { kind: 'total', max_value: '10', operations: ['transfer'] },
      { kind: 'total', max_value: '3', operations: ['faucet:pour'] },
    ];
    const both = { operations: ['token_transfers'], limits: [ofTransfers, ofPours] };
    expect(movable(both, Infinity)).toBe(13n);
    expect(movable({ ...both, operations: ['transfer'] }, Infinity)).toBe(10n);
    expect(movable({ ...both, operations: ['token_transfers', 'storage:read_redeem'] }, Infinity)).toBe('unlimited');
    expect(movable({ limits: both.limits }, Infinity)).toBe('unlimited');
    const withAll = { ...both, limits: [...both.limits, { kind: 'total', max_value: '12' }] };
    expect(movable(withAll, Infinity)).toBe(12n);
    expect(movable({ limits: withAll.limits }, Infinity)).toBe(12n);
  });
});

/** Signs as much as it can, as early as it can, one SAS at a time. */
function greedy(policy: Policy, before: readonly Signed[], beforeMs: number): bigint {
  const signed = [...before];
  let moved = 0n;
  for (let nowMs = T0; nowMs < beforeMs;) {
    const facts = factsOf(transfer({ value: 1n }));
    const { allowed, limits } = evaluate(policy, usageOf(signed), facts, { nowMs, creationSkewSeconds: 0 });
    if (allowed) {
      signed.push({ facts, atMs: nowMs });
      moved += 1n;
      continue;
    }
    const next = limits[0]?.nextFreeMs ?? Infinity;
    if (next <= nowMs) throw new Error('what is free next was free already');
    nowMs = next;
  }
  return moved;
}

describe('whoever signs all that is allowed', () => {
  it(`moves exactly that much under one limit (POLICY_SEED=${SEED})`, () => {
    const random = new RandomQuestions(numbersFrom(SEED));
    for (let round = 0; round < 300; round++) {
      const window = random.one([
        { kind: 'rolling', window_seconds: random.one([1, 2]) },
        { kind: 'period', period_seconds: random.one([1, 2]), anchor: 5 },
        { kind: 'total' },
      ]);
      const policy = parsePolicy({ limits: [{ ...window, max_value: String(random.below(6)) }] });
      const before = past(
        ...[random.below(3_000), random.below(1_500), random.below(3)]
          .sort((a, b) => b - a)
          .map((msAgo) => [BigInt(random.below(4)), msAgo] as const),
      );
      const beforeMs = T0 + 1 + random.below(4_000);
      const bound = mostMovable(policy, usageOf(before), { fromMs: T0, beforeMs });
      expect({ SEED, round, moved: greedy(policy, before, beforeMs) }).toEqual({ SEED, round, moved: bound });
    }
  });

  it(`never moves more, whatever the limits, operations and moments (POLICY_SEED=${SEED})`, () => {
    const random = new RandomQuestions(numbersFrom(SEED));
    let bounded = 0;
    for (let round = 0; round < 400; round++) {
      const policy = randomPolicy(random);
      const signed = past([BigInt(random.below(4)), random.below(2_000)], [BigInt(random.below(4)), 0]);
      const beforeMs = T0 + 1 + random.below(3_000);
      const bound = mostMovable(policy, usageOf(signed), { fromMs: T0, beforeMs });
      let moved = 0n;
      for (let nowMs = T0; nowMs < beforeMs; nowMs += random.one([0, 0, 1, 250, 499, 500, 501])) {
        const facts = factsOf(randomAsk(random));
        if (!evaluate(policy, usageOf(signed), facts, { nowMs, creationSkewSeconds: 0 }).allowed) {
          nowMs += random.one([0, 1]);
          continue;
        }
        signed.push({ facts, atMs: nowMs });
        moved += 'valueSas' in facts ? facts.valueSas : 0n;
        if (signed.length > 60) break;
      }
      if (bound !== 'unlimited') bounded++;
      expect({ SEED, round, bound, moved, isMore: isMore(moved, bound) }).toMatchObject({ isMore: false });
    }
    expect(bounded).toBeGreaterThan(200);
  });
});

function randomPolicy(random: RandomQuestions): Policy {
  const operations = ['transfer', 'storage:read_redeem', 'faucet:pour', 'data'];
  const limit = (): Record<string, unknown> => ({
    ...random.one([
      { kind: 'rolling', window_seconds: 1 },
      { kind: 'period', period_seconds: 1, anchor: 0 },
      { kind: 'total' },
    ]),
    ...random.one([
      { max_value: String(random.below(12)) },
      { max_count: 1 + random.below(3) },
      { max_value: '9', max_count: 2 },
    ]),
    ...random.one([
      {},
      {},
      { operations: [random.one(operations)] },
      { operations: operations.slice(random.below(3)) },
    ]),
  });
  return parsePolicy({
    ...random.one([{}, { operations: operations.slice(random.below(2)) }, { operations: ['transfer', 'faucet:pour'] }]),
    ...random.one([{}, { max_value: '3' }, { max_value: '5' }]),
    limits: Array.from({ length: 1 + random.below(4) }, limit),
  });
}

function randomAsk(random: RandomQuestions): AskedTransaction {
  const value = random.one([0n, 1n, 2n, 3n, 5n]);
  return random.one([
    transfer({ value }),
    transfer({ value, type: 1000 }),
    transfer({ value, type: 10 }),
    transfer({ value, type: 1000, to: addressOf('storage'), data: callOf('read_redeem') }),
    transfer({ value, type: 1000, to: addressOf('faucet'), data: callOf('pour') }),
  ]);
}
