import { describe, expect, it } from '@jest/globals';
import { entryText } from '../../../src/audit/entry-text.js';
import { believedFacts, messageFacts } from '../../../src/restrictions/facts/facts.js';
import type { Facts } from '../../../src/restrictions/facts/facts.js';
import { factsFromRecord, recordedFacts, unknownTransaction } from '../../../src/restrictions/facts/recorded-facts.js';
import { counts, countScope } from '../../../src/restrictions/limits/count-scope.js';
import { ALL_OPERATIONS } from '../../../src/restrictions/policy/operation-set.js';
import { parsePolicy } from '../../../src/restrictions/policy/parse-policy.js';
import { callOf, WALLET } from '../../chain/transaction-texts.js';
import { factsOf, transfer } from '../evaluation/asks.js';
import { POLICY_SEED } from '../evaluation/policy-seed.js';
import { numbersFrom, RandomQuestions } from '../evaluation/random-questions.js';

const HASH = 'a'.repeat(64);

/** By way of the text that an entry has. */
function throughTheRecord(facts: Facts): unknown {
  return (JSON.parse(entryWith(facts)) as { readonly facts: { readonly asked: unknown } }).facts.asked;
}

function entryWith(facts: Facts): string {
  const actor = { userId: undefined, requestId: '' };
  const entry = {
    actor,
    action: `sign-${facts.kind}`,
    outcome: 'approved',
    facts: { asked: recordedFacts(facts) },
  } as const;
  return entryText(entry, 0, 'strict', '0'.repeat(32));
}

const read = (facts: Facts): Facts | undefined => factsFromRecord(throughTheRecord(facts), facts.kind, facts.hash);

const trusted = (data: string): Facts =>
  believedFacts({ hash: HASH, clientId: WALLET, data, signature: undefined, text: '' });

describe('facts in the record', () => {
  it(`come back as they went, whatever was asked for (POLICY_SEED=${POLICY_SEED})`, () => {
    const random = new RandomQuestions(numbersFrom(POLICY_SEED));
    const seen = new Set<string>();
    for (let asked = 0; asked < 2_000; asked++) {
      const facts = factsOf(random.ask(random.nowMs()));
      expect(read(facts)).toEqual(facts);
      seen.add(facts.kind === 'message' ? facts.text : 'operation' in facts ? Object.keys(facts.operation).join() : '');
    }
    expect([...seen].sort()).toEqual(['name', 'none', 'not-shown', 'reads-as-transaction', 'shown']);
  });

  it('lose no digit', () => {
    const facts = factsOf(transfer({ value: 2n ** 64n - 1n, created: 9_999_999_999 }));
    expect(throughTheRecord(facts)).toMatchObject({ value: '18446744073709551615', creation_date: '9999999999' });
    expect(read(facts)).toEqual(facts);
  });

  it('are what the data names where the hash was believed', () => {
    for (const data of [callOf('pour'), '{}', callOf('\ud83d\ude00 "\n')])
      expect(read(trusted(data))).toEqual(trusted(data));
  });

  it('are bounded, and a name that was cut is that of no function, as before', () => {
    expect(entryWith(trusted(callOf('\u0001'.repeat(50_000)))).length).toBeLessThan(2_000);
    expect(read(trusted(callOf('x'.repeat(50_000))))).toEqual(trusted(callOf('x'.repeat(200))));
    expect(Math.max(...[...ALL_OPERATIONS.covers].map((name) => name.length))).toBeLessThan(200);
  });

  it.each([
    ['a message', 'message', undefined],
    ['a message', 'message', { text: 'seen' }],
    ['a message', 'message', { believed_function: null }],
    ['a transaction', 'transaction', null],
    ['a transaction', 'transaction', 'transfer'],
    ['a transaction', 'transaction', { text: 'shown' }],
    ['a transaction', 'transaction', { believed_function: 7 }],
    ...['to_client_id', 'value', 'nonce', 'creation_date', 'operation'].map(
      (lost) => ['a transaction', 'transaction', { ...recordedFacts(factsOf(transfer())), [lost]: undefined }] as const,
    ),
    ...[7, '-1', '1.5', '0x1', '', '1'.repeat(21)].map(
      (value) => ['a transaction', 'transaction', { ...recordedFacts(factsOf(transfer())), value }] as const,
    ),
  ] as const)('are unreadable where they are no facts of %s', (_, kind, recorded) => {
    expect(factsFromRecord(recorded, kind, HASH)).toBeUndefined();
  });

  it('of words that a later release has come back too', () => {
    const recorded = { ...recordedFacts(factsOf(transfer())), operation: 'storage:not_yet_known' };
    expect(factsFromRecord(recorded, 'transaction', HASH)).toMatchObject({ operation: { name: recorded.operation } });
  });
});

describe('a transaction of which nothing was recorded', () => {
  it('counts in every scope of transactions, and in none of messages', () => {
    const { limits = [] } = parsePolicy({ limits: [{ kind: 'total', max_count: 1, operations: ['faucet:pour'] }] });
    const scopes = [countScope('transactions'), countScope('all'), ...limits.map(({ scope }) => scope)];
    expect(scopes.map((scope) => counts(scope, unknownTransaction(HASH)))).toEqual([true, true, true]);
    expect(counts(countScope('messages'), unknownTransaction(HASH))).toBe(false);
    expect(counts(countScope('messages'), messageFacts(HASH, 'not-shown'))).toBe(true);
  });
});
