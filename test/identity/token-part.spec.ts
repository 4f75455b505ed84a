import { describe, expect, it } from '@jest/globals';
import { readTokenPart } from '../../src/identity/token-part.js';
import { member, numberText, type JsonObject } from '../../src/json/json-object.js';

const parse = (text: string | Uint8Array): JsonObject | undefined =>
  readTokenPart(Buffer.from(text).toString('base64url'));

describe('a number in a token', () => {
  const text = (json: string): string | undefined => numberText(member(parse(json) ?? {}, 'n'));

  it.each(['0', '-1', '4.2e1', '42.0', '9007199254740993', '1E400'])('is known as it is written: %s', (digits) => {
    expect(text(`{"a":1, "n" : ${digits} }`)).toBe(digits);
  });

  it('is known by its own name alone', () => {
    for (const json of ['{"n":"42"}', '{"m":42}', '{"a":{"n":42}}', '{"__proto__":{"n":42}}', '[42]']) {
      expect(text(json)).toBeUndefined();
    }
    expect(text(String.raw`{"\u006e":42}`)).toBe('42');
  });
});

describe('an object in a token', () => {
  it('is read with all its values', () => {
    expect(parse('{"a":1,"b":[true,null],"c":{"d":"é"}}')).toEqual({ a: 1, b: [true, null], c: { d: 'é' } });
  });

  it('keeps a key named __proto__ from becoming a prototype', () => {
    const value = parse('{"__proto__":{"exp":1}}');
    expect(value).toBeDefined();
    expect(value?.['exp']).toBeUndefined();
  });

  it.each([
    ['a byte order mark', '\ufeff{"a":1}'],
    ['bytes that are not UTF-8', Buffer.from('7b2261223a22ff227d', 'hex')],
    ['a key twice with different values', '{"a":1,"a":2}'],
    ['a key twice with the same value', '{"a":1,"a":1}'],
    ['a key twice further in', '{"a":{"b":1,"b":2}}'],
    ['a hundred levels', `{"a":${'['.repeat(100)}${']'.repeat(100)}}`],
    ['a key twice, once escaped', String.raw`{"a":1,"\u0061":2}`],
    ['a list', '[]'],
    ['a bare value', '"a"'],
    ['null', 'null'],
    ['nothing', ''],
    ['two objects', '{}{}'],
    ['a trailing comma', '{"a":1,}'],
  ])('is not read with %s', (_, text) => {
    expect(parse(text)).toBeUndefined();
  });
});
