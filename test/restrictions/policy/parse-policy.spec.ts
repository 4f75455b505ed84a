import { describe, expect, it } from '@jest/globals';
import { CONTRACTS } from '../../../src/chain/contracts.js';
import { MalformedPolicyError } from '../../../src/restrictions/policy/malformed-policy-error.js';
import { parsePolicy } from '../../../src/restrictions/policy/parse-policy.js';
import { policyToJson } from '../../../src/restrictions/policy/policy-json.js';
import { FRIEND, WALLET } from '../../chain/transaction-texts.js';

/** `taken`, or the line that says why not. */
function outcome(value: unknown): string {
  try {
    parsePolicy(value);
  } catch (error) {
    if (!(error instanceof MalformedPolicyError)) throw error;
    expect(error.message.startsWith(`${error.field}: `)).toBe(true);
    return error.message;
  }
  return 'taken';
}

/** The member at fault; `taken` when there is none. */
const fault = (value: unknown): string => outcome(value).split(': ')[0] ?? '';

const ROLLING = { kind: 'rolling', window_seconds: 60, max_count: 1 };
const PERIOD = { kind: 'period', period_seconds: 60, anchor: 0, max_count: 1 };
const HOURS = { days: ['mon'], from: '09:00', to: '17:30', time_zone: 'Europe/Berlin' };
const MAX_UINT64 = '18446744073709551615';

describe('a policy', () => {
  it('may say nothing, which limits nothing', () => {
    expect(parsePolicy({})).toEqual({});
    expect(policyToJson(parsePolicy({}))).toEqual({});
  });

  it('is read with every member, and written as it was', () => {
    const whole = {
      operations: ['token_transfers', 'storage:cancel_allocation', 'transfer', 'data', 'miner_operations'],
      recipients: [FRIEND, WALLET],
      max_value: '100000000000',
      limits: [
        { kind: 'rolling', window_seconds: 86_400, max_value: MAX_UINT64, max_count: 3 },
        { kind: 'period', period_seconds: 604_800, anchor: 345_600, max_value: '0', of: 'all' },
        { kind: 'total', max_count: 1, of: 'messages' },
        { kind: 'total', max_value: '5', operations: ['storage:cancel_allocation', 'token_transfers'] },
      ],
      not_before: 1_800_000_000,
      expires_at: 1_800_000_001,
      hours: [HOURS, { days: ['sat', 'sun'], from: '22:00', to: '06:00', time_zone: 'UTC' }],
      creation_window_seconds: 600,
      messages: 'typed',
    };
    expect(policyToJson(parsePolicy(JSON.parse(JSON.stringify(whole))))).toEqual(whole);
  });

  it.each([null, undefined, [], 'x', 7, true])('is an object, and not %j', (value) => {
    expect(outcome(value)).toBe('policy: must be an object');
  });

  it('has no member that is not known, which it names when it looks like a name', () => {
    expect(outcome({ max_values: '1' })).toMatch(/^policy\.max_values: is not known; there are operations, recipients/);
    expect(outcome({ operation: [] })).toMatch(/^policy\.operation: is not known/);
    for (const name of ['', ' ', '<b>', 'é', 'x'.repeat(41), 'a\nb', '0']) {
      expect(outcome({ [name]: 1 })).toBe('policy: has a member that is not known');
    }
    expect(fault(JSON.parse('{"__proto__": {}}'))).toBe('policy.__proto__');
    expect(fault({ constructor: 1 })).toBe('policy.constructor');
    expect(fault({ limits: [{ ...ROLLING, maximum: 1 }] })).toBe('policy.limits[0].maximum');
    expect(fault({ hours: [{ ...HOURS, tz: 'UTC' }] })).toBe('policy.hours[0].tz');
  });

  it('is called what its reader says', () => {
    expect(() => parsePolicy({ max_value: 1 }, 'proposed')).toThrow(/^proposed\.max_value: must be SAS/);
  });
});

describe('each member of a policy, malformed', () => {
  const manyOf = (count: number): string[] => Array.from({ length: count }, (_, n) => n.toString(16).padStart(64, '0'));

  it.each<[string, Record<string, unknown>]>([
    ['policy.operations', { operations: 'transfer' }],
    ['policy.operations', { operations: null }],
    ['policy.operations', { operations: Array(101).fill('transfer') }],
    ['policy.operations[1]', { operations: ['transfer', 'nothing'] }],
    ['policy.operations[0]', { operations: ['*'] }],
    ['policy.operations[0]', { operations: [7] }],
    ['policy.operations[0]', { operations: ['messages'] }],
    ['policy.operations[0]', { operations: ['storage'] }],
    ['policy.operations[0]', { operations: [':transfer'] }],
    ['policy.operations[0]', { operations: ['storage:'] }],
    ['policy.operations[0]', { operations: ['storage:pour'] }],
    ['policy.operations[0]', { operations: ['Storage:cancel_allocation'] }],
    ['policy.operations[0]', { operations: ['storage:cancel_allocation '] }],
    ['policy.operations[0]', { operations: ['none:transfer'] }],
    ['policy.operations[0]', { operations: ['fees:payFees'] }],
    ['policy.operations[0]', { operations: ['__proto__:x'] }],
    ['policy.operations[0]', { operations: ['constructor'] }],
    ['policy.recipients', { recipients: [] }],
    ['policy.recipients', { recipients: FRIEND }],
    ['policy.recipients', { recipients: manyOf(1_001) }],
    ['policy.recipients[1]', { recipients: [FRIEND, ''] }],
    ['policy.recipients[0]', { recipients: [FRIEND.slice(1)] }],
    ['policy.recipients[0]', { recipients: [`${FRIEND}0`] }],
    ['policy.recipients[0]', { recipients: [null] }],
    ['policy.recipients[0]', { recipients: [CONTRACTS.storage.address] }],
    ['policy.max_value', { max_value: 1 }],
    ['policy.max_value', { max_value: '' }],
    ['policy.max_value', { max_value: '-1' }],
    ['policy.max_value', { max_value: '+1' }],
    ['policy.max_value', { max_value: '01' }],
    ['policy.max_value', { max_value: '1.0' }],
    ['policy.max_value', { max_value: '0x1' }],
    ['policy.max_value', { max_value: '1 ' }],
    ['policy.max_value', { max_value: '١' }],
    ['policy.max_value', { max_value: '18446744073709551616' }],
    ['policy.max_value', { max_value: '9'.repeat(1_000) }],
    ['policy.limits', { limits: [] }],
    ['policy.limits', { limits: {} }],
    ['policy.limits', { limits: Array(9).fill(ROLLING) }],
    ['policy.limits[1]', { limits: [ROLLING, 'x'] }],
    ['policy.limits[0]', { limits: [{ kind: 'total' }] }],
    ['policy.limits[0].kind', { limits: [{ max_count: 1 }] }],
    ['policy.limits[0].kind', { limits: [{ kind: 'daily', max_count: 1 }] }],
    ['policy.limits[0].kind', { limits: [{ kind: 'Rolling', window_seconds: 1, max_count: 1 }] }],
    ['policy.limits[0].window_seconds', { limits: [{ kind: 'rolling', max_count: 1 }] }],
    ['policy.limits[0].window_seconds', { limits: [{ ...ROLLING, window_seconds: 0 }] }],
    ['policy.limits[0].window_seconds', { limits: [{ ...ROLLING, window_seconds: 31_536_001 }] }],
    ['policy.limits[0].window_seconds', { limits: [{ ...ROLLING, window_seconds: 1.5 }] }],
    ['policy.limits[0].window_seconds', { limits: [{ ...ROLLING, window_seconds: '60' }] }],
    ['policy.limits[0].window_seconds', { limits: [{ ...PERIOD, window_seconds: 60 }] }],
    ['policy.limits[0].window_seconds', { limits: [{ kind: 'total', max_count: 1, window_seconds: 60 }] }],
    ['policy.limits[0].period_seconds', { limits: [{ ...ROLLING, period_seconds: 60 }] }],
    ['policy.limits[0].period_seconds', { limits: [{ ...PERIOD, period_seconds: 0 }] }],
    ['policy.limits[0].period_seconds', { limits: [{ kind: 'period', anchor: 0, max_count: 1 }] }],
    ['policy.limits[0].anchor', { limits: [{ kind: 'period', period_seconds: 60, max_count: 1 }] }],
    ['policy.limits[0].anchor', { limits: [{ ...PERIOD, anchor: -1 }] }],
    ['policy.limits[0].anchor', { limits: [{ ...PERIOD, anchor: 1_700_000_000_000 }] }],
    ['policy.limits[0].anchor', { limits: [{ ...ROLLING, anchor: 0 }] }],
    ['policy.limits[0].max_count', { limits: [{ ...ROLLING, max_count: 0 }] }],
    ['policy.limits[0].max_count', { limits: [{ ...ROLLING, max_count: -1 }] }],
    ['policy.limits[0].max_count', { limits: [{ ...ROLLING, max_count: 2 ** 53 }] }],
    ['policy.limits[0].max_count', { limits: [{ ...ROLLING, max_count: NaN }] }],
    ['policy.limits[0].max_count', { limits: [{ ...ROLLING, max_count: '1' }] }],
    ['policy.limits[0].max_count', { limits: [{ ...ROLLING, max_count: null }] }],
    ['policy.limits[0].max_value', { limits: [{ ...ROLLING, max_value: 10 }] }],
    ['policy.limits[0].max_value', { limits: [{ ...ROLLING, max_value: '1', of: 'messages' }] }],
    ['policy.limits[0].of', { limits: [{ ...ROLLING, of: 'everything' }] }],
    ['policy.limits[0].operations', { limits: [{ ...ROLLING, operations: [] }] }],
    ['policy.limits[0].operations', { limits: [{ ...ROLLING, of: 'all', operations: ['transfer'] }] }],
    ['policy.limits[0].operations', { limits: [{ ...ROLLING, of: 'messages', operations: ['transfer'] }] }],
    ['policy.limits[0].operations[1]', { limits: [{ ...ROLLING, operations: ['transfer', 'data_signing'] }] }],
    ['policy.limits[0].operations[0]', { limits: [{ ...ROLLING, operations: ['message_signing'] }] }],
    ['policy.limits[0].operations[0]', { limits: [{ ...ROLLING, operations: ['x'] }] }],
    ['policy.not_before', { not_before: -1 }],
    ['policy.not_before', { not_before: 1.5 }],
    ['policy.not_before', { not_before: '2026-01-01' }],
    ['policy.not_before', { not_before: 1_700_000_000_000 }],
    ['policy.expires_at', { expires_at: null }],
    ['policy.expires_at', { expires_at: 10_000_000_000 }],
    ['policy.hours', { hours: [] }],
    ['policy.hours', { hours: Array(21).fill(HOURS) }],
    ['policy.hours[0]', { hours: ['mon'] }],
    ['policy.hours[0].days', { hours: [{ ...HOURS, days: [] }] }],
    ['policy.hours[0].days', { hours: [{ ...HOURS, days: 'mon' }] }],
    ['policy.hours[0].days', { hours: [{ ...HOURS, days: Array(8).fill('mon') }] }],
    ['policy.hours[0].days[1]', { hours: [{ ...HOURS, days: ['mon', 'Monday'] }] }],
    ['policy.hours[0].days', { hours: [{ from: '09:00', to: '10:00', time_zone: 'UTC' }] }],
    ['policy.hours[0].from', { hours: [{ ...HOURS, from: '9:00' }] }],
    ['policy.hours[0].from', { hours: [{ ...HOURS, from: '24:00' }] }],
    ['policy.hours[0].from', { hours: [{ ...HOURS, from: '09:60' }] }],
    ['policy.hours[0].from', { hours: [{ ...HOURS, from: '09:00:00' }] }],
    ['policy.hours[0].from', { hours: [{ ...HOURS, from: 9 }] }],
    ['policy.hours[0].to', { hours: [{ ...HOURS, to: '24:01' }] }],
    ['policy.hours[0].to', { hours: [{ ...HOURS, to: '09:00' }] }],
    ['policy.hours[0].to', { hours: [{ days: ['mon'], from: '09:00', time_zone: 'UTC' }] }],
    ['policy.hours[0].time_zone', { hours: [{ ...HOURS, time_zone: 'Europe/Atlantis' }] }],
    ['policy.hours[0].time_zone', { hours: [{ ...HOURS, time_zone: '+01:00' }] }],
    ['policy.hours[0].time_zone', { hours: [{ ...HOURS, time_zone: '' }] }],
    ['policy.hours[0].time_zone', { hours: [{ ...HOURS, time_zone: 'x'.repeat(100_000) }] }],
    ['policy.hours[0].time_zone', { hours: [{ days: ['mon'], from: '09:00', to: '10:00' }] }],
    ['policy.creation_window_seconds', { creation_window_seconds: 0 }],
    ['policy.creation_window_seconds', { creation_window_seconds: 86_401 }],
    ['policy.creation_window_seconds', { creation_window_seconds: true }],
    ['policy.messages', { messages: 'all' }],
    ['policy.messages', { messages: null }],
    ['policy.messages', { messages: ['any'] }],
  ])('is refused as %s: %j', (field, value) => {
    expect(fault(value)).toBe(field);
  });

  it('is never repeated in the line that refuses it', () => {
    const secret = 'do-not-repeat-me';
    for (const value of [
      { operations: [secret] },
      { recipients: [secret] },
      { max_value: secret },
      { limits: [{ kind: secret }] },
      { hours: [{ ...HOURS, time_zone: secret }] },
      { messages: secret },
    ]) {
      expect(outcome(value)).not.toContain(secret);
    }
  });

  it.each<Record<string, unknown>>([
    { operations: [] },
    { operations: Array(100).fill('transfer') },
    { recipients: manyOf(1_000) },
    { recipients: [FRIEND.toUpperCase()] },
    { max_value: '0' },
    { max_value: MAX_UINT64 },
    { limits: Array(8).fill(ROLLING) },
    {
      limits: [
        { ...ROLLING, window_seconds: 31_536_000 },
        { ...ROLLING, window_seconds: 1 },
      ],
    },
    { limits: [{ ...ROLLING, max_count: Number.MAX_SAFE_INTEGER, max_value: '0' }] },
    { not_before: 0, expires_at: 0 },
    { not_before: 9_999_999_999 },
    { hours: [{ ...HOURS, from: '00:00', to: '24:00' }] },
    { hours: [{ ...HOURS, from: '23:59', to: '00:00' }] },
    { hours: Array(20).fill({ ...HOURS, time_zone: 'America/Argentina/Buenos_Aires' }) },
    { creation_window_seconds: 1 },
    { creation_window_seconds: 86_400 },
  ])('is taken at its bounds: %#', (value) => {
    expect(outcome(value)).toBe('taken');
  });
});

describe('a policy with a rule that can never hold', () => {
  it('closes before it opens', () => {
    expect(outcome({ not_before: 100, expires_at: 100 })).toBe(
      'policy.expires_at: is not after not_before, so the key could never sign',
    );
    expect(outcome({ not_before: 100, expires_at: 101 })).toBe('taken');
    expect(outcome({ not_before: 100, expires_at: 0 })).toBe('taken');
  });

  it('names recipients, and no operation that has one', () => {
    const recipients = [FRIEND];
    for (const operations of [[], ['storage_operations'], ['storage:read_redeem', 'data_signing']]) {
      expect(fault({ recipients, operations })).toBe('policy.recipients');
    }
    for (const operations of [['transfer'], ['data'], ['token_transfers'], ['data_storage', 'storage_operations']]) {
      expect(outcome({ recipients, operations })).toBe('taken');
    }
    expect(outcome({ recipients })).toBe('taken');
  });

  it('says two things of messages', () => {
    const operations = ['token_transfers', 'message_signing'];
    expect(outcome({ operations, messages: 'typed' })).toBe(
      'policy.messages: is "typed", but the operation message_signing allows any message',
    );
    expect(fault({ operations, messages: 'none' })).toBe('policy.messages');
    expect(outcome({ operations, max_value: '1' })).toMatch(
      /^policy\.messages: is missing: message_signing allows any/,
    );
    expect(outcome({ operations, max_value: '1', messages: 'any' })).toBe('taken');
    expect(outcome({ operations, not_before: 1, expires_at: 2 })).toBe('taken');
    expect(fault({ operations: ['data_signing'], messages: 'none' })).toBe('policy.messages');
    expect(outcome({ operations: ['data_signing'], messages: 'typed' })).toBe('taken');
    expect(outcome({ operations: ['data_signing'], max_value: '1' })).toBe('taken');
  });
});
