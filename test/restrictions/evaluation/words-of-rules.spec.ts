import { describe, expect, it } from '@jest/globals';
import { parseTrustedTransaction } from '../../../src/chain/parse-transaction.js';
import { evaluate } from '../../../src/restrictions/evaluate.js';
import { explain } from '../../../src/restrictions/explain.js';
import { believedFacts } from '../../../src/restrictions/facts/facts.js';
import type { Facts } from '../../../src/restrictions/facts/facts.js';
import { parsePolicy } from '../../../src/restrictions/policy/parse-policy.js';
import { addressOf, callOf, FRIEND, transactionText } from '../../chain/transaction-texts.js';
import { factsOf, message, transfer } from './asks.js';
import type { Ask } from './asks.js';
import { NEVER } from './signed-before.js';
import { NOON, NOON_MS, refusalLine } from './verdicts.js';

/** Every rule that a policy can have. */
const EVERYTHING = {
  not_before: NOON - 60,
  expires_at: NOON + 60,
  hours: [{ days: ['wed', 'mon'], from: '09:00', to: '17:30', time_zone: 'UTC' }],
  operations: ['transfer', 'data'],
  messages: 'typed',
  recipients: [FRIEND],
  max_value: '20000000000',
  creation_window_seconds: 300,
};

/** What each rule says that it allows, and what it says was asked for. */
function said(facts: Facts, policy: unknown = EVERYTHING): Record<string, [allows: string, asked: string]> {
  const now = { nowMs: NOON_MS + 999, creationSkewSeconds: 600 };
  const question = { policy: parsePolicy(policy), facts, now };
  const { rules } = explain(question, evaluate(question.policy, NEVER, facts, now));
  return Object.fromEntries(rules.map(({ rule, allows, asked }) => [rule, [allows, asked]]));
}

const asked = (facts: Facts): Record<string, string> =>
  Object.fromEntries(Object.entries(said(facts)).map(([rule, [, what]]) => [rule, what]));

const UNCONCERNED = 'a message, which it does not concern';

describe('what a rule says', () => {
  it('of what it allows and of a transaction', () => {
    const facts = factsOf(transfer({ value: 10_000_000_000n, created: NOON - 1 }));
    expect(said(facts)).toEqual({
      not_before: ['from 2026-07-01T11:59:00Z on', '2026-07-01T12:00:00Z'],
      expires_at: ['until before 2026-07-01T12:01:00Z', '2026-07-01T12:00:00Z'],
      hours: ['mon/wed 09:00 to 17:30 UTC', 'wed 12:00 UTC'],
      operations: ['transfer, data', 'transfer'],
      messages: [
        'messages whose text is shown and reads as no transaction, and those that are not 32 bytes long',
        'a transaction, which it does not concern',
      ],
      recipients: [FRIEND, FRIEND],
      max_value: ['20000000000 SAS (2 ZCN)', '10000000000 SAS (1 ZCN)'],
      creation_date: ['at most 10 minutes ahead, or none', '2026-07-01T11:59:59Z'],
      creation_window_seconds: ['at most 5 minutes back and 10 minutes ahead', '2026-07-01T11:59:59Z'],
    });
  });

  it('of a message, which most rules do not concern', () => {
    expect(asked(factsOf(message('shown')))).toEqual({
      not_before: '2026-07-01T12:00:00Z',
      expires_at: '2026-07-01T12:00:00Z',
      hours: 'wed 12:00 UTC',
      operations: UNCONCERNED,
      messages: 'a message of 32 bytes with its text',
      recipients: UNCONCERNED,
      max_value: UNCONCERNED,
      creation_window_seconds: UNCONCERNED,
    });
    expect(asked(factsOf(message('not-shown', 'abcd')))['messages']).toBe('a message of 2 bytes without its text');
    expect(asked(factsOf(message('reads-as-transaction')))['messages']).toBe(
      'a message of 32 bytes with a text that reads as a transaction',
    );
  });

  it('of a transaction whose hash is believed: nothing that the transaction says', () => {
    expect(said(believedFacts(parseTrustedTransaction(transactionText())))).toMatchObject({
      hash: [
        'transactions whose hash the service has computed itself',
        'a transaction whose hash is believed, as the service is configured',
      ],
      operations: ['transfer, data', 'what the data names'],
      messages: [expect.any(String), 'a transaction, which it does not concern'],
      recipients: [FRIEND, 'an address that is not checked'],
      max_value: ['20000000000 SAS (2 ZCN)', 'a value that is not checked'],
      creation_window_seconds: [expect.any(String), 'a creation date that is not checked'],
    });
    expect(said(believedFacts(parseTrustedTransaction(transactionText())), {})['hash']?.[0]).toBe('any');
  });

  it('is told with whether it holds, one by one', () => {
    const facts = factsOf(transfer({ value: 20_000_000_001n, created: NOON - 301 }));
    const now = { nowMs: NOON_MS, creationSkewSeconds: 600 };
    const policy = parsePolicy(EVERYTHING);
    const { rules } = explain({ policy, facts, now }, evaluate(policy, NEVER, facts, now));
    expect(rules.filter(({ holds }) => !holds).map(({ rule }) => rule)).toEqual([
      'max_value',
      'creation_window_seconds',
    ]);
    expect(rules).toHaveLength(Object.keys(EVERYTHING).length + 1);
  });

  it('that believes no hash refuses in its own words', () => {
    const facts = believedFacts(parseTrustedTransaction(transactionText()));
    const now = { nowMs: NOON_MS, creationSkewSeconds: 600 };
    const policy = parsePolicy(EVERYTHING);
    expect(explain({ policy, facts, now }, evaluate(policy, NEVER, facts, now)).message).toContain(
      'hash-not-checked: the hash of this transaction is believed and not checked, so none of its rules could be relied on',
    );
  });

  it('of what is missing or no operation', () => {
    expect(asked(factsOf(transfer({ to: '' })))).toMatchObject({
      recipients: 'nobody',
      creation_date: 'no creation date',
    });
    expect(asked(factsOf(transfer({ type: 7, to: addressOf('storage'), data: callOf('read_redeem') })))).toMatchObject({
      operations: 'no operation that is known (unknown-transaction-type)',
      recipients: 'the contract storage',
    });
  });

  it.each([
    [{ messages: 'any' }, 'any message'],
    [{ messages: 'none' }, 'no messages'],
    [{ operations: ['transfer'] }, 'no messages'],
    [{ operations: ['data_signing'] }, 'messages that are not 32 bytes long'],
  ])('of messages by %j', (policy, allows) => {
    expect(said(factsOf(message('shown')), policy)['messages']?.[0]).toBe(allows);
  });

  it('of no operations at all', () => {
    expect(said(factsOf(transfer()), { operations: [] })['operations']).toEqual(['nothing', 'transfer']);
  });
});

describe('a refusal says why', () => {
  const storage = addressOf('storage');

  it.each<[Ask, string]>([
    [transfer({ type: 7 }), 'the type of the transaction is none of 0 (transfer), 10 (data) and 1000 (call)'],
    [transfer({ type: 1000 }), 'it calls a contract, and no known one has this address'],
    [
      transfer({ type: 1000, to: storage, data: callOf('no_such') }),
      'the contract has no function of this name for wallets',
    ],
    [transfer({ type: 1000, to: storage, data: '' }), 'the data does not name one function for certain'],
    [transfer({ to: storage }), 'it is a transfer to a contract, which the same hash could call'],
    [transfer({ data: callOf('burn') }), 'it is a transfer whose data could name a function'],
    [transfer({ type: 10, value: 1n }), 'it stores data and moves tokens, which the same hash could send'],
    [transfer({ type: 10, to: storage }), 'it stores data at a contract, which the same hash could call'],
  ])('of what is no operation (%#)', (ask, why) => {
    const line = refusalLine({ operations: ['transfer', 'data'] }, ask);
    expect(line.slice(line.indexOf(': ') + 2)).toBe(why);
  });

  it.each<[unknown, Ask, string]>([
    [
      { messages: 'typed' },
      message('not-shown'),
      'message-without-text: a message of 32 bytes may be the hash of any transaction, and its text was not sent along ' +
        '(the field "message")',
    ],
    [
      { messages: 'typed' },
      message('reads-as-transaction'),
      'message-reads-as-transaction: the text of the message reads as a transaction, which is signed by /sign/txn alone',
    ],
    [
      { messages: 'none' },
      message('shown'),
      'messages-not-allowed: the key signs no messages of 32 bytes, which may be the hash of any transaction',
    ],
    [{ messages: 'none' }, message('shown', 'abcd'), 'data-signing-not-allowed: the key signs no messages'],
  ])('of messages by %j', (policy, ask, line) => {
    expect(refusalLine(policy, ask)).toBe(line);
  });
});
