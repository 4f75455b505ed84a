import { describe, expect, it } from '@jest/globals';
import { evaluate } from '../../../src/restrictions/evaluate.js';
import { believedFacts } from '../../../src/restrictions/facts/facts.js';
import { countScope, counts } from '../../../src/restrictions/limits/count-scope.js';
import { whenOut } from '../../../src/restrictions/limits/limit-window.js';
import { NO_USAGE } from '../../../src/restrictions/limits/no-usage.js';
import { parsePolicy } from '../../../src/restrictions/policy/parse-policy.js';
import { parseTrustedTransaction } from '../../../src/chain/parse-transaction.js';
import { transactionText } from '../../chain/transaction-texts.js';
import { factsOf, transfer } from './asks.js';
import { NEVER } from './signed-before.js';
import { evaluationOf, explanationOf, NOON_MS } from './verdicts.js';

const HOUR_MS = 3_600_000;

/** One that moved nothing, and later one of 3 SAS. */
const past = {
  signed: [
    { ask: transfer({ value: 0n }), atMs: NOON_MS - 9_000 },
    { ask: transfer({ value: 3n }), atMs: NOON_MS - 1_000 },
  ],
};

function nextFreeMs(maxima: Readonly<Record<string, unknown>>): number | undefined {
  const limit = { kind: 'rolling', window_seconds: 3_600, ...maxima };
  return evaluationOf({ limits: [limit] }, transfer(), past).limits[0]?.nextFreeMs;
}

describe('where a limit has room, there is more', () => {
  it('when value leaves a limit of value: not when a transfer of nothing does', () => {
    expect(nextFreeMs({ max_value: '10' })).toBe(NOON_MS + HOUR_MS - 1_000);
  });

  it('when the first of what it has a maximum for leaves it', () => {
    expect(nextFreeMs({ max_count: 9 })).toBe(NOON_MS + HOUR_MS - 9_000);
    expect(nextFreeMs({ max_value: '10', max_count: 9 })).toBe(NOON_MS + HOUR_MS - 9_000);
  });

  it('never, of what was never counted, in every kind of window', () => {
    const windows = parsePolicy({
      limits: [
        { kind: 'rolling', window_seconds: 60, max_count: 1 },
        { kind: 'period', period_seconds: 60, anchor: 0, max_count: 1 },
        { kind: 'total', max_count: 1 },
      ],
    }).limits?.map(({ window }) => window);
    expect(windows?.map((window) => whenOut(window, undefined, NOON_MS))).toEqual([undefined, undefined, undefined]);
  });
});

describe('a limit that was lowered below what is used', () => {
  it('has nothing left, and never less', () => {
    const limit = { kind: 'total', max_value: '1', max_count: 1 };
    const { limits } = explanationOf({ limits: [limit] }, transfer(), past);
    expect(limits).toMatchObject([{ used_value: '3', used_count: 2, left_value: '0', left_count: 0 }]);
  });
});

describe('a scope of some operations', () => {
  const pouring = countScope('all', {
    names: ['transfer', 'faucet:pour'],
    covers: new Set(['transfer', 'faucet:pour'] as const),
  });

  it('has the key under which rows have been counted, whatever release counted them', () => {
    // printf 'faucet:pour transfer' | sha256sum
    expect(pouring.key).toBe('all/a0610f1475ba73cbdabbbec3e53d05a02c9efc85cb1c0a320ee016ecf7e6ac04');
  });

  it('counts what is believed, which may be anything', () => {
    const ofCalls = countScope('transactions', { names: ['faucet:pour'], covers: new Set(['faucet:pour']) });
    expect(counts(ofCalls, believedFacts(parseTrustedTransaction(transactionText())))).toBe(true);
  });

  it('does not count a transfer of nothing where it covers neither transfers nor data', () => {
    const ofCalls = countScope('transactions', { names: ['faucet:pour'], covers: new Set(['faucet:pour']) });
    expect(counts(ofCalls, factsOf(transfer({ value: 0n, type: 0 })))).toBe(false);
    expect(counts(pouring, factsOf(transfer({ value: 0n, type: 10 })))).toBe(true);
  });
});

describe('a split key that has signed nothing', () => {
  it('is judged as by its past, in every kind of window', () => {
    const policy = parsePolicy({
      limits: [
        { kind: 'rolling', window_seconds: 60, max_value: '10' },
        { kind: 'period', period_seconds: 60, anchor: 0, max_count: 1 },
        { kind: 'total', max_value: '4' },
      ],
    });
    const now = { nowMs: NOON_MS, creationSkewSeconds: 0 };
    for (const value of [4n, 5n]) {
      const facts = factsOf(transfer({ value }));
      const evaluation = evaluate(policy, NO_USAGE, facts, now);
      expect(evaluation).toEqual(evaluate(policy, NEVER, facts, now));
      expect(evaluation.allowed).toBe(value === 4n);
      expect(evaluation.limits.map(({ used }) => used)).toEqual(Array(3).fill({ valueSas: 0n, count: 0 }));
    }
  });
});
