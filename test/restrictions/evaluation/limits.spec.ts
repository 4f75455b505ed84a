import { describe, expect, it } from '@jest/globals';
import { parsePolicy } from '../../../src/restrictions/policy/parse-policy.js';
import { addressOf, callOf, FRIEND } from '../../chain/transaction-texts.js';
import { message, transfer } from './asks.js';
import type { Ask } from './asks.js';
import { evaluationOf, NOON, NOON_MS, retryAfterOf, verdict } from './verdicts.js';
import type { Circumstances } from './verdicts.js';

const DAY_MS = 86_400_000;
const HASH = 'c'.repeat(64);

/** Transfers that were signed: so much, so many milliseconds before noon. */
const signed = (
  ...past: readonly (readonly [sas: bigint, msAgo: number])[]
): Required<Pick<Circumstances, 'signed'>> => ({
  signed: past.map(([value, msAgo]) => ({ ask: transfer({ value }), atMs: NOON_MS - msAgo })),
});
const limited = (limit: Record<string, unknown>): unknown => ({ limits: [limit] });
const tenADay = limited({ kind: 'rolling', window_seconds: 86_400, max_value: '10' });
const twoADay = limited({ kind: 'rolling', window_seconds: 86_400, max_count: 2 });

describe('a rolling limit', () => {
  it('allows as much as its maximum, this one included', () => {
    for (const [value, expected] of [
      [9n, 'allowed'],
      [10n, 'allowed'],
      [11n, 'limits[0] above-limit'],
    ] as const) {
      expect(verdict(tenADay, transfer({ value }))).toBe(expected);
    }
    expect(verdict(tenADay, transfer({ value: 6n }), signed([4n, 1]))).toBe('allowed');
    expect(verdict(tenADay, transfer({ value: 7n }), signed([4n, 1]))).toBe('limits[0] limit-reached');
    expect(verdict(tenADay, transfer({ value: 0n }), signed([10n, 1]))).toBe('allowed');
  });

  it('allows as many as its maximum, this one included', () => {
    expect(verdict(twoADay, transfer(), signed([0n, 1]))).toBe('allowed');
    expect(verdict(twoADay, transfer(), signed([0n, 2], [0n, 1]))).toBe('limits[0] limit-reached');
  });

  it('forgets what was signed a whole window ago, to the millisecond', () => {
    expect(verdict(tenADay, transfer({ value: 10n }), signed([1n, DAY_MS - 1]))).toBe('limits[0] limit-reached');
    expect(verdict(tenADay, transfer({ value: 10n }), signed([1n, DAY_MS]))).toBe('allowed');
    expect(verdict(twoADay, transfer(), signed([0n, DAY_MS - 1], [0n, 0]))).toBe('limits[0] limit-reached');
    expect(verdict(twoADay, transfer(), signed([0n, DAY_MS], [0n, 0]))).toBe('allowed');
  });

  it('never lets twice its maximum go around midnight, or any other moment', () => {
    // 10 at one minute to noon: nothing more for the rest of the window.
    for (const msAgo of [0, 1, 60_000, DAY_MS / 2, DAY_MS - 1]) {
      expect(verdict(tenADay, transfer({ value: 1n }), signed([10n, msAgo]))).toBe('limits[0] limit-reached');
    }
  });

  it('says when enough will be free, if nothing else is signed', () => {
    const past = signed([2n, DAY_MS - 10], [3n, DAY_MS - 20_000], [4n, 5_000]);
    const free = (value: bigint): number | undefined =>
      evaluationOf(tenADay, transfer({ value }), past).limits[0]?.nextFreeMs;
    expect(free(2n)).toBe(NOON_MS + 10);
    expect(free(3n)).toBe(NOON_MS + 10);
    expect(free(4n)).toBe(NOON_MS + 20_000);
    expect(free(6n)).toBe(NOON_MS + 20_000);
    expect(free(7n)).toBe(NOON_MS + DAY_MS - 5_000);
    expect(free(10n)).toBe(NOON_MS + DAY_MS - 5_000);
    expect(free(11n)).toBeUndefined();
    // What fits is told when there will be more room than now.
    expect(free(1n)).toBe(NOON_MS + 10);
  });

  it('says of what fits when the first of what is in the window will leave it, and nothing of what has left', () => {
    const past = signed([3n, DAY_MS + 5], [3n, 9_000], [3n, 1_000]);
    for (const policy of [tenADay, limited({ kind: 'rolling', window_seconds: 86_400, max_count: 5 })]) {
      expect(evaluationOf(policy, transfer(), past).limits[0]?.nextFreeMs).toBe(NOON_MS + DAY_MS - 9_000);
      expect(evaluationOf(policy, transfer(), signed([3n, DAY_MS])).limits[0]?.nextFreeMs).toBeUndefined();
    }
  });

  it('holds at that very millisecond, and not at the one before', () => {
    const past = signed([6n, DAY_MS - 20_000], [4n, 5_000]);
    const at = evaluationOf(tenADay, transfer({ value: 5n }), past).limits[0]?.nextFreeMs ?? 0;
    expect(verdict(tenADay, transfer({ value: 5n }), { ...past, nowMs: at - 1 })).toBe('limits[0] limit-reached');
    expect(verdict(tenADay, transfer({ value: 5n }), { ...past, nowMs: at })).toBe('allowed');
  });
});

describe('a limit of a period', () => {
  // Noon begins a period; anchors may lie before it, or ahead.
  const policies = [NOON, NOON - 86_400 * 3, NOON + 86_400 * 5].map((anchor) =>
    limited({ kind: 'period', period_seconds: 86_400, anchor, max_value: '10', max_count: 2 }),
  );

  it('begins anew with each period, wherever its anchor lies', () => {
    for (const policy of policies) {
      expect(verdict(policy, transfer({ value: 10n }), signed([10n, 1]))).toBe('allowed');
      expect(verdict(policy, transfer({ value: 1n }), signed([10n, 0]))).toBe('limits[0] limit-reached');
      const last = { ...signed([10n, DAY_MS]), nowMs: NOON_MS - 1 };
      expect(verdict(policy, transfer({ value: 1n }), last)).toBe('limits[0] limit-reached');
      expect(evaluationOf(policy, transfer({ value: 1n }), last).limits[0]?.nextFreeMs).toBe(NOON_MS);
      expect(verdict(policy, transfer({ value: 1n }), { ...last, nowMs: NOON_MS })).toBe('allowed');
    }
  });

  it('forfeits what was not used', () => {
    for (const policy of policies) expect(verdict(policy, transfer({ value: 11n }))).toBe('limits[0] above-limit');
  });
});

describe('a limit in all', () => {
  it('never forgets and never frees itself', () => {
    const policy = limited({ kind: 'total', max_value: '10', max_count: 2 });
    const past = signed([10n, 40_000 * DAY_MS]);
    expect(verdict(policy, transfer({ value: 1n }), past)).toBe('limits[0] limit-reached');
    expect(evaluationOf(policy, transfer({ value: 1n }), past).limits[0]?.nextFreeMs).toBeUndefined();
    expect(retryAfterOf(policy, transfer({ value: 1n }), past)).toBeUndefined();
    expect(verdict(policy, transfer(), past)).toBe('allowed');
  });

  it('adds up beyond 64 bits without losing a digit', () => {
    const most = 2n ** 64n - 1n;
    const policy = limited({ kind: 'rolling', window_seconds: 3_600, max_value: most.toString() });
    const past = signed(...Array.from({ length: 40 }, (_, n) => [most, DAY_MS - n] as const), [most - 1n, 5]);
    expect(evaluationOf(policy, transfer({ value: 1n }), past)).toMatchObject({
      allowed: true,
      limits: [{ used: { valueSas: most - 1n, count: 1 } }],
    });
    expect(verdict(policy, transfer({ value: 2n }), past)).toBe('limits[0] limit-reached');
  });
});

describe('what a limit counts', () => {
  const one = (limit: Record<string, unknown>): unknown => ({
    messages: 'any',
    limits: [{ kind: 'total', max_count: 1, ...limit }],
  });
  const call = (name: string): Ask => transfer({ type: 1000, to: addressOf('storage'), data: callOf(name) });
  const isCounted = (limit: Record<string, unknown>, ask: Ask): boolean =>
    verdict(one(limit), ask, { signed: [{ ask: { ...ask, hash: HASH }, atMs: NOON_MS }] }) !== 'allowed';

  it('is transactions, messages, or both', () => {
    expect(
      [{}, { of: 'transactions' }, { of: 'messages' }, { of: 'all' }].map((of) => isCounted(of, transfer())),
    ).toEqual([true, true, false, true]);
    expect([{}, { of: 'messages' }, { of: 'all' }].map((of) => isCounted(of, message()))).toEqual([false, true, true]);
  });

  it('may be some operations: single ones, or of a group', () => {
    const of = (...operations: string[]): Record<string, unknown> => ({ operations });
    expect(isCounted(of('storage:read_redeem'), call('read_redeem'))).toBe(true);
    expect(isCounted(of('allocation_file_operations'), call('read_redeem'))).toBe(true);
    expect(isCounted(of('storage:read_redeem'), call('commit_connection'))).toBe(false);
    expect(isCounted(of('transfer'), call('read_redeem'))).toBe(false);
    expect(isCounted(of('transfer'), transfer({ value: 1n }))).toBe(true);
    expect(isCounted(of('data'), transfer({ value: 1n }))).toBe(false);
  });

  it('is what the same hash could become: type and kind are not signed', () => {
    const ofTransfers = { operations: ['transfer'] };
    for (const type of [1000, 7, 10]) expect(isCounted(ofTransfers, transfer({ type, value: 5n }))).toBe(true);
    expect(isCounted(ofTransfers, transfer({ data: callOf('burn'), value: 5n }))).toBe(true);
    expect(isCounted(ofTransfers, transfer({ type: 10, value: 0n }))).toBe(true);
    expect(isCounted({ operations: ['data'] }, transfer({ value: 0n }))).toBe(true);
    expect(isCounted({ operations: ['storage:read_redeem'] }, call('no_such_function'))).toBe(true);
  });

  it('says by which sums it is to be counted, once each', () => {
    const policy = {
      limits: [
        { kind: 'total', max_count: 9 },
        { kind: 'rolling', window_seconds: 60, max_value: '90' },
        { kind: 'total', max_count: 9, of: 'messages' },
        { kind: 'total', max_count: 9, operations: ['token_transfers'] },
        { kind: 'total', max_count: 8, operations: ['faucet:pour', 'transfer'] },
        { kind: 'total', max_count: 9, operations: ['data'] },
      ],
    };
    const keys = parsePolicy(policy).limits?.map(({ scope }) => scope.key) ?? [];
    expect(keys[1]).toBe('transactions');
    expect(keys[4]).toBe(keys[3]);
    expect(new Set(keys).size).toBe(4);
    const ask = transfer({ value: 7n });
    expect(evaluationOf(policy, ask).count).toEqual({
      kind: 'transaction',
      hash: ask.hash,
      atMs: NOON_MS,
      valueSas: 7n,
      scopeKeys: ['transactions', keys[3]],
    });
    expect(evaluationOf(policy, message('shown')).count).toMatchObject({ valueSas: 0n, scopeKeys: ['messages'] });
  });
});

describe('the same hash asked for again', () => {
  const again = transfer({ value: 10n, hash: HASH });
  const past: Circumstances = { signed: [{ ask: again, atMs: NOON_MS - 5 }] };

  it('is answered again and counts nothing, also where the limit is used up', () => {
    const { allowed, count } = evaluationOf(tenADay, again, past);
    expect({ allowed, count }).toEqual({ allowed: true, count: undefined });
    expect(verdict(limited({ kind: 'total', max_value: '1' }), again, past)).toBe('allowed');
  });

  it('is refused by every rule that does not count', () => {
    expect(verdict({ ...(tenADay as object), max_value: '9' }, again, past)).toBe('max_value above-max-value');
    expect(verdict({ ...(tenADay as object), expires_at: NOON }, again, past)).toBe('expires_at expired');
  });

  it('is another as a message', () => {
    const policy = { messages: 'any', limits: [{ kind: 'total', max_count: 1, of: 'all' }] };
    expect(verdict(policy, message('not-shown', HASH), past)).toBe('limits[0] limit-reached');
    expect(verdict(policy, again, { signed: [{ ask: message('shown', HASH), atMs: NOON_MS }] })).toBe(
      'limits[0] limit-reached',
    );
  });
});

describe('a clock that was set back', () => {
  it('reopens nothing: limits stand where something was counted last', () => {
    const { signed: past } = signed([10n, 0]);
    for (const nowMs of [NOON_MS - 1, NOON_MS - DAY_MS, NOON_MS - 400 * DAY_MS]) {
      expect(verdict(tenADay, transfer({ value: 1n }), { signed: past, nowMs })).toBe('limits[0] limit-reached');
    }
    const policy = limited({ kind: 'period', period_seconds: 60, anchor: NOON, max_count: 1 });
    expect(verdict(policy, transfer(), { signed: past, nowMs: NOON_MS - 60_000 })).toBe('limits[0] limit-reached');
  });

  it('counts what is signed then as signed after everything else', () => {
    const circumstances = { ...signed([1n, 0]), nowMs: NOON_MS - 7 * DAY_MS };
    expect(evaluationOf(tenADay, transfer({ value: 1n }), circumstances).count?.atMs).toBe(NOON_MS);
  });
});

describe('when to ask again', () => {
  it('is told in whole seconds, rounded up, where limits alone stand against it', () => {
    const past = signed([10n, DAY_MS - 1_001]);
    expect(retryAfterOf(tenADay, transfer({ value: 1n }), past)).toBe(2);
    expect(retryAfterOf(tenADay, transfer({ value: 1n }), signed([10n, DAY_MS - 1]))).toBe(1);
    expect(retryAfterOf({ ...(tenADay as object), recipients: [FRIEND] }, transfer({ value: 1n }), past)).toBe(2);
    const toAnother = transfer({ value: 1n, to: 'f'.repeat(64) });
    expect(retryAfterOf({ ...(tenADay as object), recipients: [FRIEND] }, toAnother, past)).toBeUndefined();
    expect(retryAfterOf(tenADay, transfer({ value: 11n }), past)).toBeUndefined();
    expect(retryAfterOf(tenADay, transfer({ value: 0n }), past)).toBeUndefined();
  });

  it('is when the last of several limits frees itself', () => {
    const policy = {
      limits: [
        { kind: 'rolling', window_seconds: 86_400, max_value: '10' },
        { kind: 'rolling', window_seconds: 60, max_count: 1 },
      ],
    };
    expect(retryAfterOf(policy, transfer({ value: 1n }), signed([10n, 10_000]))).toBe(86_390);
    expect(retryAfterOf(policy, transfer({ value: 0n }), signed([10n, 10_000]))).toBe(50);
  });
});
