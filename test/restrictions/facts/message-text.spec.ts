import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { couldBeTransactionText } from '../../../src/chain/transaction-text.js';
import { transactionHash, transactionPreimage } from '../../../src/chain/transaction-hash.js';
import type { SignedFields } from '../../../src/chain/transaction-hash.js';
import { checkTypedMessage } from '../../../src/restrictions/facts/message-text.js';
import { publishedTransactions, WALLET } from '../../chain/transaction-texts.js';

const sha3 = (text: string): string => createHash('sha3-256').update(text, 'utf8').digest('hex');
const H64 = 'a'.repeat(64);

const hex64 = fc.string({ unit: fc.constantFrom(...Array.from('0123456789abcdef')), minLength: 64, maxLength: 64 });
const signedFields: fc.Arbitrary<SignedFields> = fc.record({
  creationDateSeconds: fc.bigInt(0n, 2n ** 63n - 1n),
  nonce: fc.bigInt(0n, 2n ** 63n - 1n),
  clientId: fc.oneof(fc.constant(WALLET), hex64),
  toClientId: fc.oneof(fc.constant(''), hex64),
  valueSas: fc.bigInt(0n, 2n ** 64n - 1n),
  data: fc.string({ unit: 'grapheme' }),
});

describe('the text of a message', () => {
  it.each(['', 'log in to example.org', 'Grüße, 世界 👋', '\0', 'x'.repeat(8_192), `${H64}:7:${H64}`])(
    'belongs to its own SHA3-256, over its bytes in UTF-8: %#',
    (text) => {
      expect(checkTypedMessage(text, sha3(text))).toBe('shown');
      expect(checkTypedMessage(`${text} `, sha3(text))).toBe('another-hash');
      expect(
        checkTypedMessage(
          text,
          sha3(text).replace(/.$/, (digit) => (digit === '0' ? '1' : '0')),
        ),
      ).toBe('another-hash');
    },
  );

  it('belongs to no message of another length, nor to the hash of another kind', () => {
    for (const hash of [
      '',
      'ab',
      sha3('x').slice(2),
      `${sha3('x')}00`,
      createHash('sha256').update('x').digest('hex'),
    ]) {
      expect(checkTypedMessage('x', hash)).toBe('another-hash');
    }
  });

  it('that has no bytes in UTF-8 belongs to none, also not to what Node would put in its place', () => {
    expect(checkTypedMessage('\ud800', sha3('\ufffd'))).toBe('another-hash');
    expect(checkTypedMessage('\ufffd', sha3('\ufffd'))).toBe('shown');
  });
});

describe('what a typed key signs', () => {
  it('is never the hash of a transaction', () => {
    fc.assert(
      fc.property(signedFields, (fields) => {
        expect(checkTypedMessage(transactionPreimage(fields), transactionHash(fields))).toBe('reads-as-transaction');
      }),
      { numRuns: 2_000 },
    );
  });

  it('is none of the published ones', () => {
    expect(publishedTransactions().length).toBeGreaterThan(0);
    for (const { preimage } of publishedTransactions()) {
      expect(checkTypedMessage(preimage, sha3(preimage))).toBe('reads-as-transaction');
    }
  });

  it.each([
    `1:2:${H64}:${H64}:3:${H64}`,
    `1:2:${H64}::3:${H64}`,
    `-1:-2:${H64}:${H64}:3:${H64}`,
    `+1:2:${H64}:${H64}:3:${H64.toUpperCase()}`,
    `0001:2:${H64}:${H64}:3:${H64}`,
    `${'9'.repeat(40)}:2:x:y:3:${H64}`,
    `1:${H64}:${H64}:3:${H64}`, // without a nonce, as the chain had it
    `1:2:${H64}:a:b:c:3:${H64}`, // a recipient with colons in it
    ` 1:2:${H64}:${H64}:3:${H64}\n`,
    `\ufeff1\0:2:${H64}:${H64}:3:${H64}`,
    `1:::::${H64}`,
  ])('is nothing that could be read as one: %j', (text) => {
    expect(couldBeTransactionText(text)).toBe(true);
  });

  it.each([
    '',
    ':',
    ':::::',
    '1:2:3:4:5:6',
    `1:2:3:${H64}`,
    `${H64}:2:${H64}:${H64}:3:${H64}`,
    `1.5:2:${H64}:${H64}:3:${H64}`,
    `1:2:${H64}:${H64}:3:${H64}0`,
    `1:2:${H64}:${H64}:3:${H64}:true`,
    `log in:1:2:3:4:${H64}`,
  ])('may be any other text: %j', (text) => {
    expect(couldBeTransactionText(text)).toBe(false);
  });
});
