import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parse, stringify } from 'lossless-json';
import { numberText, numberValue, parseExactJsonObject, parseJsonObject } from '../../src/json/json-object.js';

/** Numbers as JSON may write them, from those that every reader takes for the same to those that few do. */
const writtenNumber = fc.oneof(
  fc.bigInt({ min: -(10n ** 16n), max: 10n ** 16n }).map(String),
  fc.bigInt().map(String),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => String(number)),
  fc.constantFrom('0', '-0', '1.0', '0.10', '1e3', '1E+3', '-1e-3', '999999999999999', '1000000000000000', '1e999'),
);

/** The texts of JSON values, nested a little, with white space and escapes. */
const { value: writtenValue } = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    writtenNumber,
    fc.string({ unit: 'binary' }).map((text) => JSON.stringify(text)),
    fc.constantFrom('true', 'false', 'null', '"\\"1.50\\""', '"\\\\"', '"-0"'),
    fc.array(tie('value'), { maxLength: 3 }).map((items) => `[${items.join(' , ')}]`),
    fc
      .uniqueArray(fc.tuple(fc.string(), tie('value')), { maxLength: 3, selector: ([key]) => key })
      .map((members) => `{ ${members.map(([key, value]) => `${JSON.stringify(key)}\t: ${value}`).join(',\n')} }`),
  ),
}));

const asWritten = (object: unknown): string | undefined => stringify(object);

describe('an object of which numbers are plain or not', () => {
  it('has every number as it was written, and everything else as the lossless parser has it', () => {
    fc.assert(
      fc.property(fc.array(writtenValue, { maxLength: 5 }), (values) => {
        const text = `{${values.map((value, index) => `"k${index}": ${value}`).join(',')}}`;
        const parsed = parseExactJsonObject(text);
        expect(parsed.ok && asWritten(parsed.object)).toBe(asWritten(parse(text)));
      }),
      { numRuns: 2000 },
    );
  });

  it.each(['0', '7', '-7', '123456789012345', '-123456789012345'])('takes %s for plain', (number) => {
    const parsed = parseExactJsonObject(`{"n":${number}}`);
    expect(parsed).toEqual({ ok: true, object: { n: Number(number) } });
  });

  it.each(['-0', '1.0', '1e3', '1E3', '0.1', '1234567890123456', '18446744073709551615'])(
    'keeps the text of %s',
    (number) => {
      const parsed = parseExactJsonObject(`{"s":"1 \\" 2","n":${number}}`);
      if (!parsed.ok) throw new Error(parsed.reason);
      expect(numberText(parsed.object['n'])).toBe(number);
      expect(numberValue(parsed.object['n'])).toBe(Number(number));
    },
  );

  it.each(['01', '+1', '1.', '.1', '1x', '--1', '-', '1 2', '0x1', '1e', 'NaN', '-Infinity'])(
    'refuses %s',
    (number) => {
      for (const parse of [parseJsonObject, parseExactJsonObject]) {
        expect(parse(`{"n":${number}}`)).toEqual({ ok: false, reason: 'not-a-json-object' });
      }
    },
  );

  it('has at most 512 values where digits are kept, and as many as it likes, or as may be, where none are', () => {
    // The object, its first member and the list's bracket are values too; so is a list's first entry.
    const text = (entries: number, number: string): string =>
      `{"n":${number},"l":[${Array(entries).fill('1').join()}]}`;
    expect(parseExactJsonObject(text(509, '1.5')).ok).toBe(true);
    for (const more of [510, 30_000]) {
      expect(parseExactJsonObject(text(more, '1.5'))).toEqual({ ok: false, reason: 'too-many-values' });
      expect(parseExactJsonObject(text(more, '1')).ok).toBe(true);
      expect(parseJsonObject(text(more, '1.5')).ok).toBe(true);
    }
    for (const number of ['1', '1.5']) {
      expect(parseJsonObject(text(509, number), 512).ok).toBe(true);
      expect(parseJsonObject(text(510, number), 512)).toEqual({ ok: false, reason: 'too-many-values' });
    }
    const nested = `{"n":1.5,"l":[${Array(300).fill('{"a":[]}').join()}]}`;
    expect(parseExactJsonObject(nested)).toEqual({ ok: false, reason: 'too-many-values' });
    const quoted = `{"n":1.5,"s":${JSON.stringify(text(30_000, '1.5'))}}`;
    expect(parseExactJsonObject(quoted).ok).toBe(true);
  });

  it('has no number text for what only looks like a number', () => {
    for (const value of ['1', null, true, [], {}, { value: '1', isLosslessNumber: true }]) {
      expect(numberText(value)).toBeUndefined();
      expect(numberValue(value)).toBeUndefined();
    }
  });
});
