import { describe, expect, it } from '@jest/globals';
import { CONTRACTS } from '../../../src/chain/contracts.js';
import { evaluate } from '../../../src/restrictions/evaluate.js';
import { believedFacts } from '../../../src/restrictions/facts/facts.js';
import { parsePolicy } from '../../../src/restrictions/policy/parse-policy.js';
import { parseTrustedTransaction } from '../../../src/chain/parse-transaction.js';
import { addressOf, callOf, FRIEND, transactionText, WALLET } from '../../chain/transaction-texts.js';
import { message, transfer } from './asks.js';
import { NEVER } from './signed-before.js';
import { evaluationOf, NOON, NOON_MS, verdict } from './verdicts.js';

const STRANGER = 'f'.repeat(64);
const call = (name: string, value = 0n): ReturnType<typeof transfer> =>
  transfer({ type: 1000, to: addressOf('storage'), data: callOf(name), value });

describe('a policy that says nothing', () => {
  it.each([transfer(), call('kill_blobber', 7n), transfer({ type: 7 }), message(), message('not-shown', 'ab')])(
    'allows everything, and has nothing to count: %#',
    (ask) => {
      const { allowed, rules, limits, count } = evaluationOf({}, ask);
      expect({ allowed, rules, limits, count }).toEqual({ allowed: true, rules: [], limits: [], count: undefined });
    },
  );
});

describe('the outcome', () => {
  it('names every rule of the policy in one order, also those after the first that fails', () => {
    const policy = {
      messages: 'none',
      creation_window_seconds: 60,
      limits: [
        { kind: 'total', max_count: 1 },
        { kind: 'rolling', window_seconds: 60, max_value: '4' },
      ],
      hours: [{ days: ['sun'], from: '09:00', to: '10:00', time_zone: 'UTC' }],
      expires_at: NOON,
      not_before: NOON - 1,
      max_value: '4',
      recipients: [WALLET],
      operations: ['data'],
    };
    const { rules, allowed, count } = evaluationOf(policy, transfer({ value: 5n }), { creationSkewSeconds: 600 });
    expect(rules.map(({ name, refusal }) => [name, refusal])).toEqual([
      ['not_before', undefined],
      ['expires_at', 'expired'],
      ['hours', 'outside-hours'],
      ['operations', 'outside-restrictions'],
      ['messages', undefined],
      ['recipients', 'recipient-not-allowed'],
      ['max_value', 'above-max-value'],
      ['creation_date', undefined],
      ['creation_window_seconds', 'creation-date-missing'],
      ['limits[0]', undefined],
      ['limits[1]', 'above-limit'],
    ]);
    expect({ allowed, count }).toEqual({ allowed: false, count: undefined });
  });
});

describe('not_before and expires_at', () => {
  it('hold from the first second to before the last, to the millisecond', () => {
    const at = (nowMs: number): string => verdict({ not_before: NOON, expires_at: NOON + 10 }, transfer(), { nowMs });
    expect(at(NOON_MS - 1)).toBe('not_before not-yet');
    expect(at(NOON_MS)).toBe('allowed');
    expect(at(NOON_MS + 9_999)).toBe('allowed');
    expect(at(NOON_MS + 10_000)).toBe('expires_at expired');
  });

  it('hold for messages too, and say nothing when they are 0', () => {
    expect(verdict({ expires_at: NOON }, message())).toBe('expires_at expired');
    expect(verdict({ not_before: 0, expires_at: 0 }, message())).toBe('allowed');
  });
});

describe('max_value', () => {
  it('is the most that one transaction moves, whatever its type', () => {
    const policy = { max_value: '10' };
    for (const type of [0, 10, 1000, 7]) {
      expect(verdict(policy, transfer({ type, value: 9n }))).toBe('allowed');
      expect(verdict(policy, transfer({ type, value: 10n }))).toBe('allowed');
      expect(verdict(policy, transfer({ type, value: 11n }))).toBe('max_value above-max-value');
    }
    expect(verdict(policy, call('cancel_allocation', 11n))).toBe('max_value above-max-value');
    expect(verdict({ max_value: '0' }, transfer({ value: 1n }))).toBe('max_value above-max-value');
    expect(verdict({ max_value: '18446744073709551615' }, transfer({ value: 2n ** 64n - 1n }))).toBe('allowed');
  });

  it('leaves messages to the rule of messages, which then wants their text', () => {
    expect(verdict({ max_value: '10' }, message())).toBe('messages message-without-text');
    expect(verdict({ max_value: '10' }, message('shown'))).toBe('allowed');
  });
});

describe('recipients', () => {
  const policy = { recipients: [FRIEND] };

  it('are whom alone a transaction may be addressed to, whatever it says it is', () => {
    for (const type of [0, 10, 1000, 7, 101]) {
      expect(verdict(policy, transfer({ type, to: FRIEND }))).toBe('allowed');
      expect(verdict(policy, transfer({ type, to: STRANGER }))).toBe('recipients recipient-not-allowed');
      expect(verdict(policy, transfer({ type, to: '' }))).toBe('recipients recipient-not-allowed');
      expect(verdict(policy, transfer({ type, to: STRANGER, data: callOf('burn') }))).toMatch(/^recipients/);
    }
  });

  it('leave the known contracts, retired ones too, to the rule of operations', () => {
    for (const { address } of Object.values(CONTRACTS)) {
      expect(verdict(policy, transfer({ type: 1000, to: address, value: 5n }))).toBe('allowed');
      expect(verdict({ ...policy, operations: ['transfer'] }, transfer({ to: address, value: 5n }))).toBe(
        'operations transfer-to-contract',
      );
    }
  });
});

describe('operations', () => {
  it('may be single functions, also of groups that are not allowed whole', () => {
    const policy = { operations: ['storage:cancel_allocation', 'data'] };
    expect(verdict(policy, call('cancel_allocation'))).toBe('allowed');
    expect(verdict(policy, call('finalize_allocation'))).toBe('operations outside-restrictions');
    expect(verdict(policy, transfer())).toBe('operations outside-restrictions');
    expect(verdict(policy, transfer({ type: 10, data: 'x' }))).toBe('allowed');
    expect(verdict({ operations: ['transfer'] }, transfer())).toBe('allowed');
    expect(
      verdict({ operations: ['transfer'] }, transfer({ type: 1000, to: addressOf('faucet'), data: callOf('pour') })),
    ).toBe('operations outside-restrictions');
  });

  it.each([2, 3, 11, 101, 999, 1001, 2 ** 31])('refuse the unknown kind %d, whatever the policy allows', (type) => {
    expect(verdict({ operations: ['token_transfers', 'data_storage'] }, transfer({ type }))).toBe(
      'operations unknown-transaction-type',
    );
  });

  it('refuse everything when they are empty, and messages by their own rule', () => {
    expect(verdict({ operations: [] }, transfer())).toBe('operations outside-restrictions');
    expect(verdict({ operations: [] }, message())).toBe('messages messages-not-allowed');
  });
});

describe('messages', () => {
  const short = message('not-shown', 'ab'.repeat(16));

  it.each([
    ['any', 'allowed', 'allowed', 'allowed', 'allowed'],
    ['typed', 'messages message-without-text', 'allowed', 'messages message-reads-as-transaction', 'allowed'],
    [
      'none',
      'messages messages-not-allowed',
      'messages messages-not-allowed',
      'messages messages-not-allowed',
      'messages data-signing-not-allowed',
    ],
  ])('%s', (messages, unseen, shown, asTransaction, ofOtherLength) => {
    expect(verdict({ messages }, message())).toBe(unseen);
    expect(verdict({ messages }, message('shown'))).toBe(shown);
    expect(verdict({ messages }, message('reads-as-transaction'))).toBe(asTransaction);
    expect(verdict({ messages }, short)).toBe(ofOtherLength);
    expect(verdict({ messages }, transfer())).toBe('allowed');
  });

  it('are as the list says where no more is said', () => {
    expect(verdict({ operations: ['message_signing'] }, message())).toBe('allowed');
    expect(verdict({ operations: ['data_signing'] }, message('shown'))).toBe('messages messages-not-allowed');
    expect(verdict({ operations: ['data_signing'] }, short)).toBe('allowed');
    expect(verdict({ operations: ['transfer'] }, short)).toBe('messages data-signing-not-allowed');
  });

  it.each([31, 32, 33])('of %d bytes: only 32 can be a transaction’s hash', (bytes) => {
    const expected = bytes === 32 ? 'messages message-without-text' : 'allowed';
    expect(verdict({ messages: 'typed' }, message('not-shown', 'ab'.repeat(bytes)))).toBe(expected);
  });
});

describe('the creation date', () => {
  const created = (seconds: number): ReturnType<typeof transfer> => transfer({ created: NOON + seconds });

  it('of every key is at most so far ahead, or absent', () => {
    const withSkew = { creationSkewSeconds: 600 };
    for (const nowMs of [NOON_MS, NOON_MS + 999]) {
      expect(verdict({}, created(600), { nowMs, ...withSkew })).toBe('allowed');
      expect(verdict({}, created(601), { nowMs, ...withSkew })).toBe('creation_date creation-date-ahead');
    }
    expect(verdict({}, transfer({ created: 0 }), withSkew)).toBe('allowed');
    expect(verdict({}, created(-1_000_000), withSkew)).toBe('allowed');
    expect(verdict({}, created(1_000_000), { creationSkewSeconds: 0 })).toBe('allowed');
    expect(verdict({}, message(), withSkew)).toBe('allowed');
  });

  it('of a key with a window must be there, and not too old', () => {
    const policy = { creation_window_seconds: 60 };
    const withSkew = { creationSkewSeconds: 600 };
    expect(verdict(policy, created(-60), withSkew)).toBe('allowed');
    expect(verdict(policy, created(-60), { ...withSkew, nowMs: NOON_MS + 999 })).toBe('allowed');
    expect(verdict(policy, created(-61), withSkew)).toBe('creation_window_seconds creation-date-too-old');
    expect(verdict(policy, transfer(), withSkew)).toBe('creation_window_seconds creation-date-missing');
    expect(verdict(policy, created(600), withSkew)).toBe('allowed');
    expect(verdict(policy, created(601), withSkew)).toBe('creation_date creation-date-ahead');
    expect(verdict(policy, message('shown'), withSkew)).toBe('allowed');
  });

  it('of a key with a window is as far ahead as back, where the service sets no bound', () => {
    const policy = { creation_window_seconds: 60 };
    expect(verdict(policy, created(60))).toBe('allowed');
    expect(verdict(policy, created(61))).toBe('creation_window_seconds creation-date-ahead');
  });
});

describe('in trust-hash mode', () => {
  const facts = believedFacts(parseTrustedTransaction(transactionText()));
  const now = { nowMs: NOON_MS, creationSkewSeconds: 600 };
  const ofBelieved = (policy: unknown): (string | undefined)[] =>
    evaluate(parsePolicy(policy), NEVER, facts, now).rules.map(({ refusal }) => refusal);

  it('a key whose policy says more than operations and times signs no transactions', () => {
    const hours = [{ days: ['wed'], from: '00:00', to: '24:00', time_zone: 'UTC' }];
    for (const more of [
      { max_value: '18446744073709551615' },
      { recipients: [FRIEND] },
      { limits: [{ kind: 'total', max_count: 9 }] },
      { hours },
      { creation_window_seconds: 86_400 },
      { messages: 'any' },
    ]) {
      expect(ofBelieved(more)[0]).toBe('hash-not-checked');
    }
  });

  it('no rule about what a transaction says holds', () => {
    expect(ofBelieved({ max_value: '1', recipients: [FRIEND], creation_window_seconds: 60 })).toEqual([
      'hash-not-checked',
      undefined, // messages
      'hash-not-checked',
      'hash-not-checked',
      'hash-not-checked',
    ]);
  });

  it('every other key is asked for the name in the data, as ever', () => {
    expect(ofBelieved({})).toEqual([undefined]);
    expect(ofBelieved({ operations: ['token_transfers'], expires_at: NOON + 1 })).toEqual(Array(4).fill(undefined));
    expect(ofBelieved({ operations: ['storage_operations'] })).toContain('outside-restrictions');
    const byName = (data: string, operations: string[]): string | undefined => {
      const named = believedFacts(parseTrustedTransaction(transactionText({ transaction_data: JSON.stringify(data) })));
      return evaluate(parsePolicy({ operations }), NEVER, named, now).rules[1]?.refusal;
    };
    expect(byName(callOf('collect_reward'), ['miner:collect_reward'])).toBeUndefined();
    expect(byName(callOf('collect_reward'), ['storage_rewards'])).toBeUndefined();
    expect(byName(callOf('reward'), ['storage_rewards'])).toBe('outside-restrictions');
    expect(byName(callOf('data'), ['data'])).toBe('outside-restrictions');
    expect(byName('note', ['token_transfers'])).toBe('ambiguous-data');
  });
});
