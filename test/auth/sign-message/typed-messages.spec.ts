import { describe, expect, it } from '@jest/globals';
import { readMessage } from '../../../src/auth/sign-message/sign-message.request.js';
import { judgeByPolicy } from '../../../src/auth/signing/judge-by-policy.js';
import { momentBetween } from '../../../src/clock/clock.js';
import { parsePolicy } from '../../../src/restrictions/policy/parse-policy.js';
import { EXAMPLE_SPLIT_KEY } from '../../../src/wire/examples.js';
import { publishedTransactions } from '../../chain/transaction-texts.js';
import { NEVER } from '../../restrictions/evaluation/signed-before.js';
import { sha3 } from '../../support/wallet-client.js';

const MOMENT = { ...momentBetween(0, 0), creationSkewSeconds: 600 };

/** What a key with this policy says to a body of `/sign/msg`: `allowed`, or why not. */
function outcome(policy: unknown, hash: string, text?: string): string {
  const { userPartial: signature, clientId } = EXAMPLE_SPLIT_KEY;
  const body = JSON.stringify({ hash, signature, client_id: clientId, message: text });
  const { facts } = readMessage(body, 'documented');
  if (facts.kind === 'transaction' && facts.hashIs === 'wrong') throw new Error('a message has no wrong hash');
  return judgeByPolicy(parsePolicy(policy), NEVER, facts, MOMENT).refusal?.rule?.reason ?? 'allowed';
}

describe.each([
  ['says so', { messages: 'typed' }],
  ['says more than a list can', { max_value: '5' }],
])('a key whose policy %s', (_, policy) => {
  it('signs a message whose text is there', () => {
    for (const text of ['log in to example.org', '', 'x'.repeat(8_192)]) {
      expect(outcome(policy, sha3(text), text)).toBe('allowed');
      expect(outcome(policy, sha3(text))).toBe('message-without-text');
    }
  });

  it('signs no transaction as a message, whether its text is there or not', () => {
    const transactions = publishedTransactions();
    expect(transactions.length).toBeGreaterThan(0);
    for (const { preimage } of transactions) {
      expect(outcome(policy, sha3(preimage), preimage)).toBe('message-reads-as-transaction');
      expect(outcome(policy, sha3(preimage))).toBe('message-without-text');
    }
  });

  it('needs no text for what is no transaction’s hash', () => {
    for (const bytes of [1, 16, 31, 33, 64, 1_024]) expect(outcome(policy, 'ab'.repeat(bytes))).toBe('allowed');
  });
});

it.each([
  ['any', 'allowed'],
  ['none', 'messages-not-allowed'],
])('a key whose policy says %s does not look at texts', (messages, expected) => {
  for (const { preimage } of publishedTransactions()) {
    expect(outcome({ messages }, sha3(preimage), preimage)).toBe(expected);
    expect(outcome({ messages }, sha3(preimage))).toBe(expected);
  }
});
