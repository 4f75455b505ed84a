import { describe, expect, it } from '@jest/globals';
import { judgeByPolicy } from '../../../src/auth/signing/judge-by-policy.js';
import { LIMITS_ASIDE } from '../../../src/auth/signing/limits-aside.js';
import type { Judgement } from '../../../src/auth/signing/refusal.js';
import { momentBetween } from '../../../src/clock/clock.js';
import type { Usage } from '../../../src/restrictions/limits/usage.js';
import { parsePolicy } from '../../../src/restrictions/policy/parse-policy.js';
import { FRIEND } from '../../chain/transaction-texts.js';
import { factsOf, message, transfer } from '../../restrictions/evaluation/asks.js';
import type { Ask } from '../../restrictions/evaluation/asks.js';
import { NEVER, usageOf } from '../../restrictions/evaluation/signed-before.js';
import { NOON, NOON_MS } from '../../restrictions/evaluation/verdicts.js';

const HOUR_MS = 3_600_000;
const SKEW_SECONDS = 600;
const tenADay = { limits: [{ kind: 'rolling', window_seconds: 86_400, max_value: '10' }] };
const tenInAll = { limits: [{ kind: 'total', max_value: '10' }] };

/** What was signed: so much, so many milliseconds before noon. */
const signed = (...past: readonly (readonly [sas: bigint, msAgo: number])[]): Usage =>
  usageOf(past.map(([value, msAgo]) => ({ facts: factsOf(transfer({ value })), atMs: NOON_MS - msAgo })));

interface When {
  readonly nowMs?: number;
  readonly latestMs?: number;
  readonly usage?: Usage | undefined;
}

/** Judges at noon, and nothing signed before, unless it is said otherwise. */
function judgement(policy: unknown, ask: Ask, when: When = {}): Judgement {
  const { nowMs = NOON_MS, latestMs = nowMs } = when;
  const moment = { ...momentBetween(nowMs, latestMs), creationSkewSeconds: SKEW_SECONDS };
  return judgeByPolicy(parsePolicy(policy), 'usage' in when ? when.usage : NEVER, factsOf(ask), moment);
}

/** `allowed`, or the code and, of a rule, which. */
function outcome(policy: unknown, ask: Ask, when: When = {}): string {
  const { refusal } = judgement(policy, ask, when);
  if (refusal === undefined) return 'allowed';
  return refusal.rule === undefined ? refusal.code : `${refusal.rule.rule} ${refusal.rule.reason}`;
}

describe('judged by a policy', () => {
  it('what is allowed is to be counted where a limit counts it, at its millisecond', () => {
    const ask = transfer({ value: 4n });
    expect(judgement({}, ask)).toEqual({ count: undefined });
    expect(judgement(tenADay, ask, { nowMs: NOON_MS + 7 })).toEqual({
      count: {
        kind: 'transaction',
        hash: ask.hash,
        atMs: NOON_MS + 7,
        valueSas: 4n,
        scopeKeys: ['transactions'],
      },
    });
  });

  it('says which rule refuses, what was asked for, and how many others refuse as well', () => {
    const policy = { operations: ['transfer'], recipients: [FRIEND], max_value: '5' };
    expect(judgement(policy, transfer({ to: 'f'.repeat(64), value: 6n }))).toEqual({
      refusal: {
        code: 'SIGNING.NOT_ALLOWED',
        message:
          "the split key's restrictions do not allow this: recipient-not-allowed: the recipient " +
          `${'f'.repeat(64)} is not among the 1 address that may be sent to; 1 other rule does not hold either`,
        rule: { rule: 'recipients', reason: 'recipient-not-allowed', retryAfterSeconds: undefined },
      },
    });
  });

  it('says when a limit that frees itself will let it pass, and nothing of the kind where none will', () => {
    const usage = signed([8n, HOUR_MS]);
    expect(judgement(tenADay, transfer({ value: 3n }), { usage }).refusal).toMatchObject({
      code: 'SIGNING.NOT_ALLOWED',
      rule: { rule: 'limits[0]', reason: 'limit-reached', retryAfterSeconds: 23 * 3_600 },
    });
    expect(judgement(tenInAll, transfer({ value: 3n }), { usage }).refusal?.rule).toEqual({
      rule: 'limits[0]',
      reason: 'limit-reached',
      retryAfterSeconds: undefined,
    });
    expect(judgement(tenADay, transfer({ value: 11n }), { usage }).refusal?.rule?.retryAfterSeconds).toBeUndefined();
  });

  it('counts nothing that was counted before, and lets it pass whatever has been used since', () => {
    const ask = transfer({ value: 8n });
    const usage = usageOf([
      { facts: factsOf(ask), atMs: NOON_MS - 2 },
      { facts: factsOf(transfer({ value: 2n })), atMs: NOON_MS - 1 },
    ]);
    expect(judgement(tenADay, ask, { usage })).toEqual({ count: undefined });
    expect(outcome({ ...tenADay, max_value: '5' }, ask, { usage })).toBe('max_value above-max-value');
  });

  it('a key with limits signs nothing while what it has signed cannot be told; one without limits does', () => {
    expect(judgement(tenADay, transfer(), { usage: undefined })).toEqual({
      refusal: {
        code: 'SIGNING.FAILED',
        message: 'what the split key has signed cannot be counted; nothing was signed',
      },
    });
    expect(outcome(tenADay, message('shown'), { usage: undefined })).toBe('SIGNING.FAILED');
    expect(outcome({ max_value: '5' }, transfer(), { usage: undefined })).toBe('allowed');
  });

  it('with limits aside every other rule says what it does', () => {
    const usage = LIMITS_ASIDE;
    expect(judgement(tenADay, transfer({ value: 11n }), { usage })).toEqual({ count: undefined });
    expect(outcome(tenADay, message(), { usage })).toBe('messages message-without-text');
    expect(outcome({ ...tenADay, max_value: '5' }, transfer({ value: 6n }), { usage })).toBe(
      'max_value above-max-value',
    );
  });
});

describe('where the clock has jumped ahead and is not yet believed', () => {
  const HOUR_LATER = NOON_MS + HOUR_MS;
  const atBoth = (policy: unknown, ask: Ask, usage: Usage = NEVER): string =>
    outcome(policy, ask, { latestMs: HOUR_LATER, usage });

  it.each<[string, unknown, unknown, unknown, Ask]>([
    ['not_before', { not_before: NOON }, { not_before: NOON + 3_600 }, { not_before: NOON + 3_601 }, transfer()],
    ['expires_at', { expires_at: NOON + 3_601 }, { expires_at: NOON + 3_600 }, { expires_at: NOON }, transfer()],
    [
      'hours',
      { hours: [{ days: ['wed'], from: '12:00', to: '13:01', time_zone: 'UTC' }] },
      { hours: [{ days: ['wed'], from: '12:00', to: '13:00', time_zone: 'UTC' }] },
      { hours: [{ days: ['wed'], from: '14:00', to: '15:00', time_zone: 'UTC' }] },
      transfer(),
    ],
    [
      'creation_window_seconds',
      { creation_window_seconds: 3_600 },
      { creation_window_seconds: 3_599 },
      { creation_window_seconds: 3_599, expires_at: NOON },
      transfer({ created: NOON }),
    ],
  ])('%s must hold at both ends of the doubt', (rule, atBothEnds, atOneEnd, atNeither, ask) => {
    expect(atBoth(atBothEnds, ask)).toBe('allowed');
    expect(atBoth(atOneEnd, ask)).toBe('CLOCK.IN_DOUBT');
    expect(atBoth(atNeither, ask)).toMatch(
      rule === 'creation_window_seconds' ? /^expires_at / : new RegExp(`^${rule} `),
    );
  });

  it('a creation date must not be too far ahead at either end', () => {
    expect(atBoth({}, transfer({ created: NOON + SKEW_SECONDS }))).toBe('allowed');
    expect(atBoth({}, transfer({ created: NOON + SKEW_SECONDS + 1 }))).toBe('CLOCK.IN_DOUBT');
    expect(atBoth({}, transfer({ created: NOON + 3_600 + SKEW_SECONDS + 1 }))).toBe(
      'creation_date creation-date-ahead',
    );
  });

  it('nothing is taken out of a limit that frees itself, since there is no moment to count it at', () => {
    expect(atBoth(tenADay, transfer({ value: 1n }))).toBe('CLOCK.IN_DOUBT');
    const period = { limits: [{ kind: 'period', period_seconds: 86_400, anchor: 0, max_count: 9 }] };
    expect(atBoth(period, transfer())).toBe('CLOCK.IN_DOUBT');
    expect(atBoth(tenADay, message('shown'))).toBe('allowed');
    const ask = transfer({ value: 1n });
    expect(atBoth(tenADay, ask, usageOf([{ facts: factsOf(ask), atMs: NOON_MS - 1 }]))).toBe('allowed');
  });

  it('a limit that is used up at one end is in doubt, at both ends it is used up', () => {
    expect(atBoth(tenADay, transfer({ value: 1n }), signed([10n, 24 * HOUR_MS - 1]))).toBe('CLOCK.IN_DOUBT');
    expect(atBoth(tenADay, transfer({ value: 1n }), signed([10n, 1]))).toBe('limits[0] limit-reached');
    expect(atBoth(tenADay, transfer({ value: 11n }))).toBe('limits[0] above-limit');
  });

  it('what does not depend on the time is decided as ever, a limit in all among it', () => {
    expect(atBoth({ max_value: '5' }, transfer({ value: 5n }))).toBe('allowed');
    expect(atBoth({ max_value: '5' }, transfer({ value: 6n }))).toBe('max_value above-max-value');
    expect(atBoth(tenInAll, transfer({ value: 10n }))).toBe('allowed');
    expect(atBoth(tenInAll, transfer({ value: 10n }), signed([1n, 1]))).toBe('limits[0] limit-reached');
  });
});
