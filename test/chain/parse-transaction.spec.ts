import { describe, expect, it } from '@jest/globals';
import { parseTransaction } from '../../src/chain/parse-transaction.js';
import {
  FRIEND,
  publishedTransactions,
  refusalOf,
  transactionText,
  transactionTextWithout,
  WALLET,
} from './transaction-texts.js';

describe('parsing a transaction', () => {
  it('reads every field into its own type', () => {
    const text = transactionText({ transaction_value: '18446744073709551615', signature: '"ab"' });
    expect(parseTransaction(text)).toMatchObject({
      hash: '0'.repeat(64),
      clientId: WALLET,
      toClientId: FRIEND,
      data: '{"name":"transfer","input":{}}',
      valueSas: 18446744073709551615n,
      feeSas: 10n,
      nonce: 7n,
      creationDateSeconds: 1700000000n,
      type: 0n,
      signature: 'ab',
    });
  });

  it.each(publishedTransactions())('accepts the published transaction $id', ({ transaction }) => {
    expect(refusalOf(JSON.stringify(transaction))).toBe('accepted');
  });

  it.each(['version', 'to_client_id', 'creation_date', 'transaction_fee', 'txn_output_hash', 'transaction_status'])(
    'does without %s',
    (field) => {
      expect(refusalOf(transactionTextWithout(field))).toBe('accepted');
    },
  );

  it.each(['hash', 'client_id', 'transaction_data', 'transaction_value', 'transaction_nonce', 'transaction_type'])(
    'refuses a transaction without %s',
    (field) => {
      expect(refusalOf(transactionTextWithout(field))).toBe(`${field} missing`);
    },
  );

  it.each([
    ['to_client_id', 'toClientId', ''],
    ['creation_date', 'creationDateSeconds', 0n],
    ['transaction_fee', 'feeSas', 0n],
    ['signature', 'signature', undefined],
  ] as const)('takes null for %s as it takes an absent one', (field, property, value) => {
    expect(parseTransaction(transactionTextWithout(field))[property]).toBe(value);
    expect(parseTransaction(transactionText({ [field]: 'null' }))[property]).toBe(value);
  });

  it.each(['hash', 'client_id', 'transaction_data', 'transaction_value', 'transaction_nonce', 'transaction_type'])(
    'refuses null for %s, which is required',
    (field) => {
      expect(refusalOf(transactionText({ [field]: 'null' }))).toMatch(new RegExp(`^${field} `));
    },
  );

  it.each(['""', 'null'])('takes the signature %s for none', (signature) => {
    expect(parseTransaction(transactionText({ signature })).signature).toBeUndefined();
  });

  it('ignores unknown fields, also when they look like known ones', () => {
    const text = transactionText({
      Transaction_Value: '9',
      'transaction_value ': '9',
      extra: '{"a":[1]}',
      __proto__x: '1',
    });
    expect(parseTransaction(text).valueSas).toBe(100n);
  });

  it('takes nothing from a __proto__ key', () => {
    const forged = `{"__proto__":{"client_id":"${FRIEND}"},${transactionTextWithout('client_id').slice(1)}`;
    expect(refusalOf(forged)).toBe('client_id missing');
    expect(({} as Record<string, unknown>)['client_id']).toBeUndefined();
  });
});

describe('the number grammar', () => {
  const NUMBERS = ['transaction_value', 'transaction_fee', 'transaction_nonce', 'creation_date', 'transaction_type'];
  const SPELLINGS = ['-1', '-0', '1.0', '1e3', '1E3', '0.0', '"1"', '""', 'true', '[1]', '{"value":"1"}'];
  const FORGED = '{"value":"1","isLosslessNumber":true}';

  it.each(NUMBERS.flatMap((field) => [...SPELLINGS, FORGED].map((spelling) => [field, spelling] as const)))(
    'refuses %s written as %s',
    (field, spelling) => {
      expect(refusalOf(transactionText({ [field]: spelling }))).toBe(`${field} not-a-plain-integer`);
    },
  );

  it.each(['01', '+1', '0x1', '1_000', '.5', '1.', 'NaN', 'Infinity', '１'])(
    'refuses the non-JSON number %s',
    (spelling) => {
      expect(refusalOf(transactionText({ transaction_value: spelling }))).toBe('body not-a-json-object');
    },
  );

  it.each([
    ['transaction_value', '18446744073709551615'],
    ['transaction_fee', '18446744073709551615'],
    ['transaction_nonce', '9223372036854775807'],
    ['creation_date', '9223372036854775807'],
    ['transaction_type', '9223372036854775807'],
  ])('accepts the largest %s and refuses one more', (field, largest) => {
    expect(refusalOf(transactionText({ [field]: largest }))).toBe('accepted');
    expect(refusalOf(transactionText({ [field]: String(BigInt(largest) + 1n) }))).toBe(`${field} out-of-range`);
  });

  it('refuses a number of 60,000 digits without computing it', () => {
    expect(refusalOf(transactionText({ transaction_value: '9'.repeat(60_000) }))).toBe(
      'transaction_value out-of-range',
    );
  });
});

describe('the text grammar', () => {
  it.each([
    ['client_id', JSON.stringify(WALLET.toUpperCase())],
    ['client_id', JSON.stringify(`${WALLET}0`)],
    ['client_id', JSON.stringify(WALLET.slice(1))],
    ['client_id', JSON.stringify(`0x${WALLET.slice(2)}`)],
    ['client_id', JSON.stringify(`${WALLET}\n`)],
    ['client_id', JSON.stringify(`${WALLET}:1`)],
    ['client_id', JSON.stringify('g'.repeat(64))],
    ['client_id', '""'],
    ['to_client_id', JSON.stringify(FRIEND.toUpperCase())],
    ['to_client_id', JSON.stringify(` ${FRIEND}`)],
    ['to_client_id', JSON.stringify(`${FRIEND}:5`)],
    ['to_client_id', '" "'],
    ['hash', '"abc"'],
    ['hash', JSON.stringify(`0x${'0'.repeat(62)}`)],
    ['hash', JSON.stringify('ı'.repeat(64))],
  ])('refuses %s as %s', (field, value) => {
    expect(refusalOf(transactionText({ [field]: value }))).toBe(`${field} not-hex`);
  });

  it.each(['hash', 'client_id', 'to_client_id', 'transaction_data', 'signature'])(
    'refuses %s that is no string',
    (field) => {
      for (const value of ['7', 'true', '["a"]', '{}']) {
        expect(refusalOf(transactionText({ [field]: value }))).toBe(`${field} not-a-string`);
      }
    },
  );

  it.each(['"\\ud800"', '"a\\udc00b"', '"\\udc00\\ud800"', '"\ud800"'])(
    'refuses data with the unpaired surrogate %j',
    (data) => {
      expect(refusalOf(transactionText({ transaction_data: data }))).toBe('transaction_data ill-formed-text');
    },
  );

  it('accepts paired surrogates and zero characters in the data', () => {
    expect(parseTransaction(transactionText({ transaction_data: '"\\ud83d\\ude00\\u0000"' })).data).toBe('😀\0');
  });

  it.each(['version', 'public_key', 'chain_id', 'transaction_output', 'txn_output_hash'])(
    'refuses %s of another JSON type, though it decides nothing',
    (field) => {
      expect(refusalOf(transactionText({ [field]: '{}' }))).toBe(`${field} wrong-type`);
      expect(refusalOf(transactionText({ [field]: 'null' }))).toBe('accepted');
    },
  );

  it('refuses a transaction_status that is no number', () => {
    expect(refusalOf(transactionText({ transaction_status: '"1"' }))).toBe('transaction_status wrong-type');
    expect(refusalOf(transactionText({ transaction_status: '-1' }))).toBe('accepted');
  });
});
