import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { MalformedTransactionError } from '../../src/chain/malformed-transaction-error.js';
import { parseTransaction, parseTrustedTransaction } from '../../src/chain/parse-transaction.js';
import { calledFunction } from '../../src/chain/transaction-data.js';
import { DomainError } from '../../src/errors/domain-error.js';
import { requiredJsonObject } from '../../src/http/body/json-document.js';
import { readTokenPart } from '../../src/identity/token-part.js';
import { type JsonFault, parseExactJsonObject, parseJsonObject } from '../../src/json/json-object.js';

type Verdict = 'read' | JsonFault;

const IN_BODIES: Readonly<Record<string, JsonFault>> = {
  'the body is not one valid JSON object': 'not-a-json-object',
  'the body is nested too deeply': 'nested-too-deeply',
  'the body has the same key twice': 'duplicate-key',
};

function asBody(text: string): Verdict | undefined {
  try {
    requiredJsonObject(text);
    return 'read';
  } catch (error) {
    return error instanceof DomainError ? IN_BODIES[error.message] : undefined;
  }
}

/** None of the texts is a transaction; what counts is whether the document could be read, before any field of it. */
function asTransaction(parse: (text: string) => unknown, text: string): string {
  try {
    parse(text);
    return 'a transaction';
  } catch (error) {
    if (!(error instanceof MalformedTransactionError)) throw error;
    return error.field === 'body' ? error.reason : 'read';
  }
}

const asTokenPart = (text: string): boolean => readTokenPart(Buffer.from(text).toString('base64url')) !== undefined;

const call = (input: string): string => `{"name":"pour","input":${input}}`;
const levels = (count: number): string => '['.repeat(count) + ']'.repeat(count);

const READ: readonly [string, string][] = [
  ['a plain object', call('{}')],
  ['white space of JSON', ' \t\r\n{ "name" :\n"pour", "input" : 1 } '],
  ['64 levels', call(levels(63))],
  ['a key again in another object', call('{"name":{"name":1},"b":[{"name":1},{"name":1}]}')],
  ['keys that differ in letter case, accents or white space', call('{"a":1,"A":1,"á":1," a":1,"":1}')],
  ['names that every object inherits', call('{"__proto__":{},"constructor":1,"toString":1}')],
  ['colons, braces and quotes in texts', call(String.raw`{"a:{\"[":"\\\"b\":1,\\"}`)],
  ['large and precise numbers', call('[18446744073709551615,1.50e+400,-0,0.1]')],
  ['keys that are numbers', call('{"1":1,"01":1,"0":[1e9]}')],
  ['half a character, escaped', call(String.raw`"\ud800"`)],
];

const REFUSED: readonly [string, string, JsonFault][] = [
  ['nothing after a brace', '{', 'not-a-json-object'],
  ['a list', `[${call('1')}]`, 'not-a-json-object'],
  ['null', 'null', 'not-a-json-object'],
  ['a text', JSON.stringify(call('1')), 'not-a-json-object'],
  ['two objects', `${call('1')}${call('1')}`, 'not-a-json-object'],
  ['a byte order mark', `\ufeff${call('1')}`, 'not-a-json-object'],
  ['a no-break space', `\u00a0${call('1')}`, 'not-a-json-object'],
  ['a zero byte after it', `${call('1')}\0`, 'not-a-json-object'],
  ['a trailing comma', call('{"a":1,}'), 'not-a-json-object'],
  ['a comment', call('/**/1'), 'not-a-json-object'],
  ['a leading zero', call('01'), 'not-a-json-object'],
  ['a number that is none', call('Infinity'), 'not-a-json-object'],
  ['a raw line end in a text', call('"\n"'), 'not-a-json-object'],
  ['an unknown escape', call(String.raw`"\x41"`), 'not-a-json-object'],
  ['65 levels', call(levels(64)), 'nested-too-deeply'],
  ['a hundred thousand levels that never end', call('['.repeat(100_000)), 'nested-too-deeply'],
  ['a key twice', '{"name":"pour","input":1,"input":2}', 'duplicate-key'],
  ['a key twice with the same value', '{"name":"pour","name":"pour","input":1}', 'duplicate-key'],
  ['a key twice, once escaped', String.raw`{"name":"pour","input":1,"\u0069nput":1}`, 'duplicate-key'],
  ['a key twice beside large numbers', '{"name":"pour","input":1e999,"input":1e999}', 'duplicate-key'],
  ['__proto__ twice', '{"name":"pour","input":1,"__proto__":{},"__proto__":{}}', 'duplicate-key'],
];

/** The chain hands `input` on to the contract without reading it, and so do we. */
const READ_IN_CALL_DATA_ALONE: readonly [string, string][] = [
  ['a key twice', call('{"a":1,"a":2}')],
  ['a key twice with the same value', call('{"a":1,"a":1}')],
  ['a key twice in a list', call('[[{"b":[],"a":1,"\\u0061":2}]]')],
  ['a key twice beside large numbers', call('{"n":18446744073709551615,"a":{"b":1.0,"b":1.0}}')],
];

describe('every reader of JSON', () => {
  it.each(READ)('reads %s', (_what, text) => {
    expect(asBody(text)).toBe('read');
    expect(asTransaction(parseTransaction, text)).toBe('read');
    expect(asTransaction(parseTrustedTransaction, text)).toBe('read');
    expect(asTokenPart(text)).toBe(true);
    expect(calledFunction(text)).toBe('pour');
  });

  it.each(REFUSED)('refuses %s, for the same reason', (_what, text, fault) => {
    expect(asBody(text)).toBe(fault);
    expect(asTransaction(parseTransaction, text)).toBe(fault);
    expect(asTransaction(parseTrustedTransaction, text)).toBe(fault);
    expect(asTokenPart(text)).toBe(false);
    expect(calledFunction(text)).toBeUndefined();
  });

  it.each(READ_IN_CALL_DATA_ALONE)('refuses %s further in, unless somebody else reads that', (_what, text) => {
    expect(asBody(text)).toBe('duplicate-key');
    expect(asTransaction(parseTransaction, text)).toBe('duplicate-key');
    expect(asTransaction(parseTrustedTransaction, text)).toBe('duplicate-key');
    expect(asTokenPart(text)).toBe(false);
    expect(calledFunction(text)).toBe('pour');
  });

  it('counts a key that comes twice at any depth, whatever stands around it', () => {
    const around = fc.array(
      fc.constantFrom(['[', ']'], ['{"k":', '}'], ['[1.5,{"k":1},', ']'], ['{"j":{},"k":', '}']),
      {
        maxLength: 20,
      },
    );
    const wrap = (text: string, pairs: readonly (readonly string[])[]): string =>
      `{"o":${pairs.reduce((inner, [open = '', close = '']) => `${open}${inner}${close}`, text)}}`;
    fc.assert(
      fc.property(fc.string(), fc.jsonValue(), fc.jsonValue(), around, (key, one, other, pairs) => {
        const name = JSON.stringify(key);
        const first = `${name}:${JSON.stringify(one)}`;
        const twice = wrap(`{${first},${name} : ${JSON.stringify(other)}}`, pairs);
        for (const parse of [parseJsonObject, parseExactJsonObject]) {
          expect(parse(wrap(`{${first}}`, pairs)).ok).toBe(true);
          expect(parse(twice)).toEqual({ ok: false, reason: 'duplicate-key' });
        }
      }),
    );
  });
});
