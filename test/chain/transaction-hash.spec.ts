import { describe, expect, it } from '@jest/globals';
import { parseTransaction } from '../../src/chain/parse-transaction.js';
import { hashIsRight, transactionHash, transactionPreimage } from '../../src/chain/transaction-hash.js';
import { publishedTransactions, transactionText } from './transaction-texts.js';

const published = publishedTransactions();

describe('the transaction hash', () => {
  it('has two published transactions to be checked against', () => {
    expect(published).toHaveLength(2);
  });

  it.each(published)('is the published one for $id', ({ transaction, preimage }) => {
    const parsed = parseTransaction(JSON.stringify(transaction));
    expect(transactionPreimage(parsed)).toBe(preimage);
    expect(transactionHash(parsed)).toBe(transaction['hash']);
    expect(hashIsRight(parsed)).toBe(true);
  });

  it('is right in upper case too, since only its bytes are signed', () => {
    const [vector] = published;
    const text = JSON.stringify({ ...vector?.transaction, hash: String(vector?.transaction['hash']).toUpperCase() });
    expect(hashIsRight(parseTransaction(text))).toBe(true);
  });

  it.each([
    ['creation_date', 1],
    ['transaction_nonce', 2],
    ['transaction_value', 10000000001],
    ['client_id', 'a'.repeat(64)],
    ['to_client_id', ''],
    ['transaction_data', '{"name":"pour","input":"{} "}'],
  ])('is wrong when %s was changed after hashing', (field, value) => {
    const text = JSON.stringify({ ...published[0]?.transaction, [field]: value });
    expect(hashIsRight(parseTransaction(text))).toBe(false);
  });

  it.each([
    ['transaction_fee', 999999],
    ['transaction_type', 0],
    ['chain_id', 'another'],
    ['version', '2.0'],
    ['public_key', 'another'],
  ])('does not cover %s', (field, value) => {
    const text = JSON.stringify({ ...published[0]?.transaction, [field]: value });
    expect(hashIsRight(parseTransaction(text))).toBe(true);
  });

  it('counts an absent creation date as 0', () => {
    const [withZero, without] = [
      transactionText({ creation_date: '0' }),
      transactionText().replace('"creation_date":1700000000,', ''),
    ];
    expect(transactionHash(parseTransaction(without))).toBe(transactionHash(parseTransaction(withZero)));
  });

  it('is taken over the UTF-8 of the raw data', () => {
    const parsed = parseTransaction(transactionText({ transaction_data: '"\\u00e9\\ud83d\\ude00"' }));
    // SHA3-256 of c3 a9 f0 9f 98 80, computed with another implementation.
    expect(transactionPreimage(parsed).split(':').at(-1)).toBe(
      '4b6a931fcfc1c793b8b267e81439825994cdca9c0a5529da909535130ca7132a',
    );
  });

  it('keeps the digits of the largest value', () => {
    const parsed = parseTransaction(transactionText({ transaction_value: '18446744073709551615' }));
    expect(transactionPreimage(parsed)).toContain(':18446744073709551615:');
  });
});
