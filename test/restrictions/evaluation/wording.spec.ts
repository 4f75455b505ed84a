import { describe, expect, it } from '@jest/globals';
import { addressOf, callOf, FRIEND, WALLET } from '../../chain/transaction-texts.js';
import { zcn } from '../../../src/restrictions/wording/amounts.js';
import { durationOf, momentOf } from '../../../src/restrictions/wording/times.js';
import { message, transfer } from './asks.js';
import { explanationOf, NOON, NOON_MS, refusalLine } from './verdicts.js';

const ZCN = 10n ** 10n;
const STRANGER = 'f'.repeat(64);

describe('amounts, times and durations', () => {
  it.each([
    [0n, '0 ZCN'],
    [1n, '0.0000000001 ZCN'],
    [12n * ZCN, '12 ZCN'],
    [12n * ZCN + 5n, '12.0000000005 ZCN'],
    [ZCN / 2n, '0.5 ZCN'],
    [2n ** 64n - 1n, '1844674407.3709551615 ZCN'],
    [2n ** 80n, '120892581961462.9174706176 ZCN'],
  ])('%d SAS are %s', (sas, text) => {
    expect(zcn(sas)).toBe(text);
  });

  it.each([
    [1, '1 second'],
    [90, '90 seconds'],
    [60, '1 minute'],
    [3_600, '1 hour'],
    [86_400, '24 hours'],
    [172_800, '2 days'],
    [604_800, '7 days'],
  ])('%d seconds are %s', (seconds, text) => {
    expect(durationOf(seconds)).toBe(text);
  });

  it('a moment that is no date is told by its seconds', () => {
    expect(momentOf(NOON)).toBe('2026-07-01T12:00:00Z');
    expect(momentOf(2n ** 63n - 1n)).toBe('second 9223372036854775807');
    expect(momentOf(8_640_000_000_000n)).toBe('+275760-09-13T00:00:00Z');
  });
});

describe('a refusal', () => {
  it.each<[string, unknown, ReturnType<typeof transfer> | ReturnType<typeof message>, string]>([
    [
      'max_value',
      { max_value: String(10n * ZCN) },
      transfer({ value: 12n * ZCN }),
      'above-max-value: value 12 ZCN is above the 10 ZCN a transaction may move',
    ],
    [
      'recipients',
      { recipients: [FRIEND, WALLET] },
      transfer({ to: STRANGER }),
      `recipient-not-allowed: the recipient ${STRANGER} is not among the 2 addresses that may be sent to`,
    ],
    [
      'recipients of one',
      { recipients: [FRIEND] },
      transfer({ to: '' }),
      'recipient-not-allowed: the recipient nobody is not among the 1 address that may be sent to',
    ],
    [
      'operations',
      { operations: ['token_transfers', 'data'] },
      transfer({ type: 1000, to: addressOf('storage'), data: callOf('kill_blobber') }),
      'outside-restrictions: storage:kill_blobber is not among what the key may do (token_transfers, data)',
    ],
    [
      'no operations',
      { operations: [] },
      transfer(),
      'outside-restrictions: transfer is not among what the key may do (nothing)',
    ],
    ['not_before', { not_before: NOON + 60 }, transfer(), 'not-yet: the key signs from 2026-07-01T12:01:00Z on'],
    ['expires_at', { expires_at: NOON }, transfer(), 'expired: the key has signed nothing since 2026-07-01T12:00:00Z'],
    [
      'hours',
      { hours: [{ days: ['mon', 'tue'], from: '09:00', to: '17:00', time_zone: 'Europe/Berlin' }] },
      transfer(),
      'outside-hours: it is wed 14:00 Europe/Berlin, and the key signs on mon/tue 09:00 to 17:00 Europe/Berlin',
    ],
    [
      'creation_window_seconds',
      { creation_window_seconds: 60 },
      transfer({ created: NOON - 61 }),
      'creation-date-too-old: the creation date 2026-07-01T11:58:59Z lies more than 1 minute back',
    ],
    [
      'creation_window_seconds, of no date',
      { creation_window_seconds: 60 },
      transfer(),
      'creation-date-missing: the transaction has no creation date, which this key wants',
    ],
    [
      'creation_window_seconds, of a date ahead',
      { creation_window_seconds: 60 },
      transfer({ created: NOON + 61 }),
      'creation-date-ahead: the creation date 2026-07-01T12:01:01Z lies more than 1 minute ahead',
    ],
    [
      'a limit in all',
      { limits: [{ kind: 'total', max_value: '5' }] },
      transfer({ value: 6n }),
      'above-limit: value 0.0000000006 ZCN is above the 0.0000000005 ZCN that may move in all',
    ],
  ])('by %s names what is allowed and what was asked for', (_, policy, ask, line) => {
    expect(refusalLine(policy, ask)).toBe(line);
  });

  it('by the creation date of any key says how far ahead it may be', () => {
    expect(refusalLine({}, transfer({ created: NOON + 601 }), { creationSkewSeconds: 600 })).toBe(
      'creation-date-ahead: the creation date 2026-07-01T12:10:01Z lies more than 10 minutes ahead',
    );
  });

  it('by a limit says when it will pass', () => {
    const tenADay = {
      limits: [{ kind: 'rolling', window_seconds: 86_400, max_value: String(10n * ZCN), max_count: 3 }],
    };
    const past = (...values: bigint[]): object => ({
      signed: values.map((value, n) => ({ ask: transfer({ value: value * ZCN }), atMs: NOON_MS - 3_600_000 + n })),
    });
    expect(refusalLine(tenADay, transfer({ value: 4n * ZCN }), past(7n))).toBe(
      'limit-reached: value 4 ZCN is above the 3 ZCN left of the 10 ZCN that may move in any 24 hours; it will be ' +
        'possible at 2026-07-02T11:00:00Z',
    );
    expect(refusalLine(tenADay, transfer({ value: ZCN }), past(10n))).toBe(
      'limit-reached: the 10 ZCN that may move in any 24 hours are used up; it will be possible at 2026-07-02T11:00:00Z',
    );
    expect(refusalLine(tenADay, transfer({ value: ZCN }), past(1n, 1n, 1n))).toBe(
      'limit-reached: the 3 transactions that may be signed in any 24 hours are used up; it will be possible at ' +
        '2026-07-02T11:00:00Z',
    );
    expect(refusalLine(tenADay, transfer({ value: 11n * ZCN }), past(1n))).toBe(
      'above-limit: value 11 ZCN is above the 10 ZCN that may move in any 24 hours',
    );
  });

  it('names the first rule and says how many others do not hold', () => {
    const two = { max_value: '1', recipients: [FRIEND] };
    expect(refusalLine(two, transfer({ value: 2n, to: STRANGER }))).toMatch(/; 1 other rule does not hold either$/);
    const three = { ...two, expires_at: NOON };
    expect(refusalLine(three, transfer({ value: 2n, to: STRANGER }))).toMatch(
      /^expired: .*; 2 other rules do not hold/,
    );
  });

  it('is one line of bounded length, whatever the policy and the request hold', () => {
    const groups = Array.from({ length: 100 }, (_, n) =>
      n % 2 === 0 ? 'storage:stake_pool_unlock' : 'miner:update_globals',
    );
    const recipients = Array.from({ length: 1_000 }, (_, n) => n.toString(16).padStart(64, '0'));
    const hours = Array.from({ length: 20 }, () => ({
      days: ['mon', 'tue', 'thu', 'fri', 'sat', 'sun'],
      from: '09:00',
      to: '17:00',
      time_zone: 'America/Argentina/Buenos_Aires',
    }));
    const hostile = transfer({
      data: callOf('\n<script>\u202e'),
      to: STRANGER,
      value: 2n ** 64n - 1n,
      created: 2 ** 53,
    });
    for (const policy of [{ operations: groups }, { recipients }, { hours }, { creation_window_seconds: 1 }]) {
      const { message: line, rules } = explanationOf(policy, hostile);
      expect(line.length).toBeLessThan(900);
      for (const text of [line, ...rules.flatMap(({ allows, asked }) => [allows, asked])]) {
        expect(text).toMatch(/^[\x20-\x7e’]+$/);
        expect(text).not.toContain('script');
      }
    }
  });
});

describe('an explanation', () => {
  it('tells of every rule and every limit, amounts in both units', () => {
    const policy = {
      operations: ['transfer'],
      max_value: String(10n * ZCN),
      limits: [
        { kind: 'rolling', window_seconds: 86_400, max_value: String(10n * ZCN) },
        { kind: 'period', period_seconds: 3_600, anchor: 0, max_count: 2, operations: ['transfer'] },
        { kind: 'total', max_count: 5, of: 'messages' },
      ],
    };
    const signed = [{ ask: transfer({ value: 3n * ZCN }), atMs: NOON_MS - 60_000 }];
    expect(explanationOf(policy, transfer({ value: 4n * ZCN }), { signed })).toEqual({
      allowed: true,
      message: 'every rule holds: this may be signed',
      rules: [
        { rule: 'operations', holds: true, allows: 'transfer', asked: 'transfer' },
        {
          rule: 'messages',
          holds: true,
          allows: 'messages whose text is shown and reads as no transaction, and those that are not 32 bytes long',
          asked: 'a transaction, which it does not concern',
        },
        { rule: 'max_value', holds: true, allows: '100000000000 SAS (10 ZCN)', asked: '40000000000 SAS (4 ZCN)' },
        {
          rule: 'limits[0]',
          holds: true,
          allows: '100000000000 SAS (10 ZCN) in any 24 hours',
          asked: '40000000000 SAS (4 ZCN), with 30000000000 SAS (3 ZCN) used',
        },
        {
          rule: 'limits[1]',
          holds: true,
          allows: '2 transactions of transfer in a period of 1 hour',
          asked: 'one more, with 0 transactions of transfer used',
        },
        {
          rule: 'limits[2]',
          holds: true,
          allows: '5 messages in all',
          asked: 'nothing that it counts anew, with 0 messages used',
        },
      ],
      limits: [
        {
          kind: 'rolling',
          window_seconds: 86_400,
          of: 'transactions',
          max_value: '100000000000',
          used_value: '30000000000',
          left_value: '70000000000',
          max_count: null,
          used_count: 1,
          left_count: null,
          next_free_at: NOON - 60 + 86_400,
        },
        {
          kind: 'period',
          period_seconds: 3_600,
          anchor: 0,
          of: 'transactions',
          operations: ['transfer'],
          max_value: null,
          used_value: '0',
          left_value: null,
          max_count: 2,
          used_count: 0,
          left_count: 2,
          next_free_at: null,
        },
        {
          kind: 'total',
          of: 'messages',
          max_value: null,
          used_value: '0',
          left_value: null,
          max_count: 5,
          used_count: 0,
          left_count: 5,
          next_free_at: null,
        },
      ],
    });
  });
});
