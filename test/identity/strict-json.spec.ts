import { describe, expect, it } from '@jest/globals';
import { parseStrictObject } from '../../src/identity/strict-json.js';

const parse = (text: string | Uint8Array): unknown => parseStrictObject(Buffer.from(text));

describe('an object in a token', () => {
  it('is read with all its values', () => {
    expect(parse('{"a":1,"b":[true,null],"c":{"d":"é"}}')).toEqual({ a: 1, b: [true, null], c: { d: 'é' } });
  });

  it('keeps a key named __proto__ from becoming a prototype', () => {
    const value = parseStrictObject(Buffer.from('{"__proto__":{"exp":1}}'));
    expect(value?.['exp']).toBeUndefined();
  });

  it.each([
    ['a byte order mark', '\ufeff{"a":1}'],
    ['bytes that are not UTF-8', Buffer.from('7b2261223a22ff227d', 'hex')],
    ['a key twice with different values', '{"a":1,"a":2}'],
    ['a key twice further in', '{"a":{"b":1,"b":2}}'],
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
