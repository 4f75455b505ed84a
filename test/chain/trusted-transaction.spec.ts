import { describe, expect, it } from '@jest/globals';
import { MalformedTransactionError } from '../../src/chain/malformed-transaction-error.js';
import { parseTrustedTransaction, withSignature } from '../../src/chain/parse-transaction.js';
import { believedFacts } from '../../src/restrictions/facts/facts.js';
import type { RestrictionList } from '../../src/restrictions/restriction-list.js';
import { callOf, outcomeOf, textOf, transactionText, transactionTextWithout, WALLET } from './transaction-texts.js';

const upstreamText = textOf({
  client_id: JSON.stringify(WALLET),
  hash: JSON.stringify('A'.repeat(64)),
  signature: '"ab"',
  to_client_id: '""',
  transaction_data: JSON.stringify('{"name":"cancel_allocation","input":null}'),
});

function allowed(list: RestrictionList, data: string): boolean {
  const text = transactionText({ transaction_data: JSON.stringify(data) });
  return outcomeOf(list, believedFacts(parseTrustedTransaction(text))) === 'allowed';
}

describe('trusting the hash', () => {
  it("reads the four fields of upstream's own test, which has no creation date", () => {
    expect(parseTrustedTransaction(upstreamText)).toMatchObject({
      clientId: WALLET,
      hash: 'a'.repeat(64),
      signature: 'ab',
      data: '{"name":"cancel_allocation","input":null}',
    });
  });

  it.each(['to_client_id', 'transaction_value', 'transaction_nonce', 'creation_date', 'transaction_type', 'version'])(
    'lets %s be anything',
    (field) => {
      for (const value of ['"x"', '-1.5', 'null', '{}']) {
        expect(parseTrustedTransaction(transactionText({ [field]: value })).clientId).toBe(WALLET);
      }
    },
  );

  it.each(['client_id', 'hash', 'transaction_data'])('still needs %s, and well-formed', (field) => {
    expect(() => parseTrustedTransaction(transactionTextWithout(field))).toThrow(MalformedTransactionError);
    expect(() => parseTrustedTransaction(transactionText({ [field]: '7' }))).toThrow(MalformedTransactionError);
  });

  it('still refuses a key that comes twice', () => {
    const text = `${upstreamText.slice(0, -1)},"client_id":${JSON.stringify(WALLET)}}`;
    expect(() => parseTrustedTransaction(text)).toThrow('body: names a field more than once');
  });

  it('looks the group up by the name alone', () => {
    expect(allowed(['allocation_storage_operations'], callOf('cancel_allocation'))).toBe(true);
    expect(allowed(['storage_rewards'], callOf('collect_reward'))).toBe(true);
    expect(allowed(['miner_financial_operations'], callOf('collect_reward'))).toBe(true);
    expect(allowed(['token_transfers'], callOf('transfer'))).toBe(true);
    expect(allowed(['token_transfers'], callOf('cancel_allocation'))).toBe(false);
    expect(allowed(['token_bridging'], callOf('transfer'))).toBe(false);
    expect(allowed([], callOf('cancel_allocation'))).toBe(false);
  });

  it.each(['', '{}', 'cancel_allocation', callOf('toString'), '{"name":"mint","Name":"burn","input":1}'])(
    'allows nothing for the data %s',
    (data) => {
      expect(allowed(['token_bridging', 'data_storage', 'message_signing'], data)).toBe(false);
    },
  );

  it('allows a key without a list everything', () => {
    expect(allowed('unrestricted', '')).toBe(true);
  });

  it('gives the transaction back with the signature replaced', () => {
    expect(withSignature(parseTrustedTransaction(upstreamText), 'cd')).toBe(upstreamText.replace('"ab"', '"cd"'));
  });
});
