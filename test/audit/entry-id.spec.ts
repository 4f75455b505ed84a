import { describe, expect, it } from '@jest/globals';
import { encodeEntryId, isEntryOf, parseEntryId } from '../../src/audit/entry-id.js';

const salt = '000102030405060708090a0b0c0d0eff';
const text = 'AAAAAAAAAAcAAQIDBAUGBwgJCgsMDQ7_';

describe('the id of an entry', () => {
  it('is 8 bytes of the row and its random bytes', () => {
    expect(encodeEntryId({ id: 7, salt })).toBe(text);
    expect(parseEntryId(text)).toEqual({ id: 7, salt });
  });

  it.each([0, 1, 2 ** 32, Number.MAX_SAFE_INTEGER])('has 32 characters for the row %i', (id) => {
    const encoded = encodeEntryId({ id, salt });
    expect(encoded).toHaveLength(32);
    expect(parseEntryId(encoded)).toEqual({ id, salt });
  });

  it.each([
    [''],
    [text.slice(1)],
    [`${text}A`],
    [`${text}\n`],
    [`${text}=`],
    [text.replace('_', '/')],
    [text.replace('_', ' ')],
    [text.replace('_', '=')],
    [text.replace('_', 'é')],
    ['7'],
    // 2^53 and 2^64 - 1, which no row has.
    [`ACAAAAAAAA${text.slice(10)}`],
    [`__________8${text.slice(11)}`],
  ])('is not %j', (other) => {
    expect(parseEntryId(other)).toBeUndefined();
  });

  it('is another one with any character changed', () => {
    for (let at = 0; at < text.length; at += 1) {
      for (const character of 'AZaz09-_') {
        const changed = `${text.slice(0, at)}${character}${text.slice(at + 1)}`;
        const asked = parseEntryId(changed);
        if (asked !== undefined) expect(isEntryOf(asked, { id: 7, salt })).toBe(changed === text);
      }
    }
  });

  it.each([-1, 0.5, NaN, 2 ** 53])('is not written of the row %p', (id) => {
    expect(() => encodeEntryId({ id, salt })).toThrow(new RangeError('id must be a whole number'));
  });

  it.each(['', salt.slice(1), `${salt}0`, salt.toUpperCase(), salt.replace('f', 'g')])(
    'is not written of %j',
    (other) => {
      expect(() => encodeEntryId({ id: 7, salt: other })).toThrow(
        new RangeError('salt must be 32 hexadecimal digits in lower case'),
      );
    },
  );

  it('is of the entry with the same row and the same random bytes', () => {
    expect(isEntryOf({ id: 7, salt }, { id: 7, salt })).toBe(true);
    expect(isEntryOf({ id: 8, salt }, { id: 7, salt })).toBe(false);
    expect(isEntryOf({ id: 7, salt: salt.replace('0e', '0f') }, { id: 7, salt })).toBe(false);
    expect(isEntryOf({ id: 7, salt }, { id: 7, salt: '' })).toBe(false);
  });
});
