import { describe, expect, it } from '@jest/globals';
import { member } from '../../src/json/json-object.js';
import { MalformedTransactionError } from '../../src/chain/malformed-transaction-error.js';
import { parseTransaction, withSignature } from '../../src/chain/parse-transaction.js';
import { refusalOf, transactionText, WALLET } from './transaction-texts.js';

describe('the document', () => {
  const whole = transactionText();

  it.each([
    ['nothing', ''],
    ['an array', `[${whole}]`],
    ['a string', JSON.stringify(whole)],
    ['null', 'null'],
    ['a number', '7'],
    ['two objects', `${whole}${whole}`],
    ['trailing text', `${whole} x`],
    ['a byte order mark', `\ufeff${whole}`],
    ['a no-break space before it', `\u00a0${whole}`],
    ['a trailing comma', `${whole.slice(0, -1)},}`],
    ['a comment', `${whole.slice(0, -1)}/**/}`],
    ['an unclosed object', whole.slice(0, -1)],
    ['single quotes', "{'hash':1}"],
    ['a raw line break in a string', transactionText({ version: '"\n"' })],
    ['an unknown escape', transactionText({ version: '"\\x41"' })],
  ])('refuses %s', (_what, text) => {
    expect(refusalOf(text)).toBe('body not-a-json-object');
  });

  it.each([
    ['with another value', '"client_id":"x"'],
    ['with the same value', `"client_id":${JSON.stringify(WALLET)}`],
    ['spelled with an escape', `"client_\\u0069d":${JSON.stringify(WALLET)}`],
    ['in an unknown field', '"x":1,"x":1'],
    ['as __proto__', '"__proto__":{},"__proto__":{}'],
  ])('refuses a key that comes twice, %s', (_how, again) => {
    expect(refusalOf(`${whole.slice(0, -1)},${again}}`)).toBe('body duplicate-key');
  });

  it.each(['[', '{"a":'])('refuses deep nesting of %s without running out of stack', (opening) => {
    expect(refusalOf(transactionText({ x: opening.repeat(100_000) }))).toBe('body nested-too-deeply');
  });

  it('does not take brackets inside strings for nesting', () => {
    expect(refusalOf(transactionText({ transaction_data: JSON.stringify('[{'.repeat(1000) + '\\"') }))).toBe(
      'accepted',
    );
  });

  it('has no member that it only inherits', () => {
    expect(member({}, 'constructor')).toBeUndefined();
    expect(member({}, 'toString')).toBeUndefined();
  });

  it('says what is wrong without repeating the value', () => {
    const secret = 'deadbeef';
    const texts = [
      transactionText({ client_id: `"${secret}"` }),
      transactionText({ transaction_value: `"${secret}"` }),
      transactionText({ [secret]: '1,' }),
      `{"${secret}":1,"${secret}":2}`,
    ];
    for (const text of texts) {
      expect(() => parseTransaction(text)).toThrow(MalformedTransactionError);
      expect(() => parseTransaction(text)).not.toThrow(new RegExp(secret));
    }
  });
});

describe('replacing the signature', () => {
  it('keeps every number as it was written', () => {
    const text = transactionText({
      transaction_value: '18446744073709551615',
      x: '1.50e+400',
      signature: '"old"',
      y: '-0',
    });
    expect(withSignature(parseTransaction(text), 'new')).toBe(text.replace('"old"', '"new"'));
  });

  it('adds a signature where there was none', () => {
    const text = transactionText();
    expect(withSignature(parseTransaction(text), 'ab')).toBe(`${text.slice(0, -1)},"signature":"ab"}`);
  });

  it('lets no unknown field forge JSON', () => {
    const forged = { x: '{"isLosslessNumber":true,"value":"1,\\"signature\\":\\"evil\\""}', y: '{"toJSON":"z"}' };
    const answer = JSON.parse(withSignature(parseTransaction(transactionText(forged)), 'ab')) as Record<
      string,
      unknown
    >;
    expect(answer['signature']).toBe('ab');
    expect(answer['x']).toEqual({ isLosslessNumber: true, value: '1,"signature":"evil"' });
  });

  it('keeps a __proto__ field as an ordinary one', () => {
    const text = transactionText().replace('{', '{"__proto__":{"signature":"evil"},');
    const answer = withSignature(parseTransaction(text), 'ab');
    expect(answer).toContain('"__proto__":{"signature":"evil"}');
    expect((JSON.parse(answer) as Record<string, unknown>)['signature']).toBe('ab');
  });
});
