import { describe, expect, it } from '@jest/globals';
import { exposureOf } from '../../../src/restrictions/exposure/exposure.js';
import type { Exposure } from '../../../src/restrictions/exposure/exposure.js';
import { exposureAnswer, raisedBy, summaryOf } from '../../../src/restrictions/exposure/exposure-words.js';
import { parsePolicy } from '../../../src/restrictions/policy/parse-policy.js';
import { FRIEND, WALLET } from '../../chain/transaction-texts.js';
import { factsOf, transfer } from '../evaluation/asks.js';
import { NOON, NOON_MS } from '../evaluation/verdicts.js';
import { usageOf } from '../evaluation/signed-before.js';

const ZCN = 10n ** 10n;
const DAY = 86_400;

interface Circumstances {
  readonly hashesAreBelieved?: boolean;
  /** Values that were signed an hour ago. */
  readonly signed?: readonly bigint[];
  readonly signedAtMs?: number;
}

function exposed(json: unknown, { hashesAreBelieved = false, signed = [], signedAtMs }: Circumstances = {}): Exposure {
  const usage = usageOf(
    signed.map((value) => ({ facts: factsOf(transfer({ value })), atMs: signedAtMs ?? NOON_MS - 3_600_000 })),
  );
  return exposureOf(parsePolicy(json), usage, { nowMs: NOON_MS, hashesAreBelieved });
}

const movable = (json: unknown, circumstances: Circumstances = {}): unknown[] => {
  const { today, in30Days, untilItEnds } = exposed(json, circumstances).movable;
  return [today, in30Days, untilItEnds];
};

const CARD = {
  operations: ['transfer'],
  recipients: [FRIEND, WALLET],
  max_value: String(5n * ZCN),
  limits: [{ kind: 'rolling', window_seconds: DAY, max_value: String(10n * ZCN) }],
};

describe('the exposure of a key', () => {
  it('is everything without a policy', () => {
    expect(exposureAnswer(exposed({}))).toEqual({
      tokens_today: null,
      tokens_30_days: null,
      tokens_until_end: null,
      ends_at: null,
      addresses: null,
      calls: null,
      messages_can_be_transactions: true,
      summary: 'everything: it signs any message, and a message can be the hash of any transaction',
    });
  });

  it('is what its limits let through, day by day', () => {
    expect(movable(CARD)).toEqual([10n * ZCN, 300n * ZCN, 'unlimited']);
    expect(movable(CARD, { signed: [7n * ZCN] })).toEqual([10n * ZCN, 300n * ZCN, 'unlimited']);
    const ends = { ...CARD, expires_at: NOON + DAY / 2 };
    expect(movable(ends)).toEqual([10n * ZCN, 10n * ZCN, 10n * ZCN]);
    expect(movable(ends, { signed: [7n * ZCN] })).toEqual([3n * ZCN, 3n * ZCN, 3n * ZCN]);
    expect(exposureAnswer(exposed(ends, { signed: [7n * ZCN] }))).toEqual({
      tokens_today: String(3n * ZCN),
      tokens_30_days: String(3n * ZCN),
      tokens_until_end: String(3n * ZCN),
      ends_at: NOON + DAY / 2,
      addresses: 2,
      calls: ['transfer'],
      messages_can_be_transactions: false,
      summary:
        'it can move 3 ZCN in 24 hours, 3 ZCN in 30 days and 3 ZCN until 2026-07-02T00:00:00Z, to 2 addresses; ' +
        'it can make: transfer',
    });
  });

  it('begins with not_before and is nothing after the end', () => {
    expect(movable({ ...CARD, not_before: NOON + 2 * DAY, expires_at: NOON + 3 * DAY })).toEqual([
      0n,
      10n * ZCN,
      10n * ZCN,
    ]);
    const over = exposed({ ...CARD, expires_at: NOON });
    expect(over).toMatchObject({
      movable: { today: 0n, in30Days: 0n, untilItEnds: 0n },
      messagesCanBeTransactions: false,
    });
    expect(exposureAnswer(over)).toMatchObject({ addresses: 0, calls: [] });
    expect(exposureAnswer(exposed({ expires_at: NOON }))).toMatchObject({
      tokens_today: '0',
      messages_can_be_transactions: false,
    });
  });

  it('is everything where its messages can become transactions', () => {
    for (const policy of [{ ...CARD, messages: 'any' }, { operations: ['message_signing'] }]) {
      expect(exposed(policy)).toEqual({
        movable: { today: 'unlimited', in30Days: 'unlimited', untilItEnds: 'unlimited' },
        endsAtSeconds: 0,
        recipients: 'any',
        calls: 'any',
        messagesCanBeTransactions: true,
      });
    }
    for (const messages of ['typed', 'none'])
      expect(exposed({ ...CARD, messages }).messagesCanBeTransactions).toBe(false);
  });

  it('is everything in trust-hash mode, but where the key signs no transactions', () => {
    const list = { operations: ['storage:read_redeem'] };
    expect(movable(list, { hashesAreBelieved: true })).toEqual(Array(3).fill('unlimited'));
    expect(exposed(list, { hashesAreBelieved: true })).toMatchObject({ recipients: 'any', calls: 'any' });
    expect(movable(CARD, { hashesAreBelieved: true })).toEqual([0n, 0n, 0n]);
    expect(movable({ operations: [] }, { hashesAreBelieved: true })).toEqual([0n, 0n, 0n]);
    expect(movable({ ...CARD, messages: 'any' }, { hashesAreBelieved: true })).toEqual(Array(3).fill('unlimited'));
  });

  it('names nobody to whom it can send nothing', () => {
    expect(exposureAnswer(exposed({ operations: ['data'], messages: 'none' })).addresses).toBe(0);
    expect(exposureAnswer(exposed({ operations: ['storage:write_pool_lock'] })).addresses).toBe(0);
    expect(exposureAnswer(exposed({ operations: ['transfer'] })).addresses).toBeNull();
    const usedUp = { limits: [{ kind: 'total', max_value: '5' }] };
    expect(exposureAnswer(exposed(usedUp, { signed: [5n] })).addresses).toBe(0);
  });

  it('is not understated when the clock has been set back', () => {
    const ahead = { signed: [10n * ZCN], signedAtMs: NOON_MS + 400 * DAY * 1000 };
    // All that is signed until then is counted at that one moment: what is left there, and no more.
    expect(movable({ ...CARD, expires_at: NOON + DAY }, ahead)).toEqual([0n, 0n, 0n]);
    const left = { ...ahead, signed: [4n * ZCN] };
    expect(movable({ ...CARD, expires_at: NOON + DAY }, left)).toEqual([6n * ZCN, 6n * ZCN, 6n * ZCN]);
  });
});

describe('what a proposed policy raises', () => {
  const raised = (present: unknown, proposed: unknown, circumstances: Circumstances = {}): string[] =>
    raisedBy(exposed(present, circumstances), exposed(proposed, circumstances));

  it('is nothing when it is the same or tighter', () => {
    for (const tighter of [
      CARD,
      { ...CARD, max_value: '1' },
      { ...CARD, recipients: [FRIEND] },
      { ...CARD, limits: [...CARD.limits, { kind: 'total', max_count: 1 }] },
      { ...CARD, expires_at: NOON + 1 },
      { ...CARD, operations: [], recipients: undefined },
    ]) {
      expect(raised(CARD, JSON.parse(JSON.stringify(tighter)))).toEqual([]);
      expect(raised({}, JSON.parse(JSON.stringify(tighter)))).toEqual([]);
    }
  });

  it('is said for each part', () => {
    const present = { ...CARD, expires_at: NOON + DAY };
    expect(raised(present, { ...present, limits: [{ kind: 'total', max_value: String(11n * ZCN) }] })).toEqual([
      'it can move 11 ZCN in 24 hours instead of 10 ZCN',
      'it can move 11 ZCN in 30 days instead of 10 ZCN',
      'it can move 11 ZCN until it ends instead of 10 ZCN',
    ]);
    expect(raised(present, { ...present, recipients: [FRIEND, '0'.repeat(64)] })).toEqual([
      `it can also send to ${'0'.repeat(64)}`,
    ]);
    const toAnybody: unknown = JSON.parse(JSON.stringify({ ...present, recipients: undefined }));
    expect(raised(present, toAnybody)).toEqual(['it can send to any address instead of 2 addresses']);
    expect(raised(present, { ...present, operations: ['transfer', 'faucet:pour'] })).toEqual([
      'it can also make: faucet:pour',
    ]);
    expect(raised(present, { ...present, expires_at: NOON + DAY + 1 })).toContain(
      'it ends at 2026-07-02T12:00:01Z instead of at 2026-07-02T12:00:00Z',
    );
    expect(raised(present, CARD)).toContain('it ends at no time instead of at 2026-07-02T12:00:00Z');
    expect(raised(present, { ...present, messages: 'any' })[0]).toBe(
      'its messages can be the hash of any transaction, so it can do everything',
    );
    expect(raised(present, {})).toContain('it can make every call');
  });

  it('is summed up in one line', () => {
    expect(summaryOf(exposed({ max_value: '1' }))).toBe(
      'it can move everything in 24 hours, everything in 30 days and everything ever, to any address; it can make: every call',
    );
    expect(summaryOf(exposed({ operations: [] }))).toBe(
      'it can move 0 ZCN in 24 hours, 0 ZCN in 30 days and 0 ZCN ever, to 0 addresses; it can make: no transactions',
    );
  });
});
