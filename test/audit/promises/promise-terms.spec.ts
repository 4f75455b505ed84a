import { describe, expect, it } from '@jest/globals';
import { encodePromiseText, parsePromiseText } from '../../../src/audit/promises/promise-terms.js';
import { MalformedTlogError } from '../../../src/audit/tlog/malformed-tlog-error.js';

const hash = Buffer.alloc(32, 7);
const root = hash.toString('base64');
const text =
  'split-key-kms audit promise v1\n' +
  'kms.example/log\n' +
  'leaves 5\n' +
  `root ${root}\n` +
  'at_ms 1764382536123\n' +
  'merge_delay_s 86400\n';

const number = 'must be a number up to 9007199254740991 without leading zeroes';
const delay = 'must be at least 1 and end at a time that can be written';

describe('what is signed of a promise', () => {
  it('is written and read as documented', () => {
    const terms = {
      origin: 'kms.example/log',
      groupSize: 5,
      root: hash,
      atMilliseconds: 1_764_382_536_123,
      mergeDelaySeconds: 86_400,
    };
    expect(encodePromiseText(terms)).toBe(text);
    expect(parsePromiseText(text, 'note')).toEqual(terms);
  });

  it.each([
    ['v1\n', 'v2\n', 'note line 1 must be split-key-kms audit promise v1'],
    ['split', 'Split', 'note line 1 must be split-key-kms audit promise v1'],
    ['kms.example/log\n', '\n', 'note line 2 must be an origin without spaces and + of at most 93 bytes'],
    ['kms.example/log', 'o'.repeat(94), 'note line 2 must be an origin without spaces and + of at most 93 bytes'],
    ['kms.example/log', 'kms.example log', 'note line 2 must be an origin without spaces and + of at most 93 bytes'],
    ['leaves 5', '5', 'note line 3 must be leaves and its value'],
    ['leaves 5', 'leaves=5', 'note line 3 must be leaves and its value'],
    ['leaves 5', 'leaves  5', `note line 3 ${number}`],
    ['leaves 5', 'leaves 05', `note line 3 ${number}`],
    ['leaves 5', 'leaves 0', 'note line 3 must be 1 to 64'],
    ['leaves 5', 'leaves 65', 'note line 3 must be 1 to 64'],
    ['leaves 5\n', '', 'note line 3 must be leaves and its value'],
    [`root ${root}`, root, 'note line 4 must be root and its value'],
    [`root ${root}`, 'root AAAA', 'note line 4 must be 32 bytes in base64'],
    ['c=', 'd=', 'note line 4 must be base64'],
    ['at_ms ', 'at_s ', 'note line 5 must be at_ms and its value'],
    ['at_ms 1764382536123', 'at_ms -1', `note line 5 ${number}`],
    ['at_ms 1764382536123', 'at_ms 1764382536123.0', `note line 5 ${number}`],
    ['at_ms 1764382536123', 'at_ms 9007199254740991', `note line 6 ${delay}`],
    ['merge_delay_s 86400', 'merge_delay_s 0', `note line 6 ${delay}`],
    ['merge_delay_s 86400', 'merge_delay_s 9007199254740991', `note line 6 ${delay}`],
    ['merge_delay_s 86400', 'merge_delay_s 1d', `note line 6 ${number}`],
    ['merge_delay_s 86400\n', '', 'note line 6 must be merge_delay_s and its value'],
    ['86400\n', '86400', 'note must end in a newline'],
    ['86400\n', '86400\n\n', 'note must have 6 lines'],
    ['86400\n', '86400\nmore\n', 'note must have 6 lines'],
  ])('is not read with %j as %j', (part, other, message) => {
    expect(text).toContain(part);
    const changed = text.replace(part, other);
    expect(() => parsePromiseText(changed, 'note')).toThrow(MalformedTlogError);
    expect(() => parsePromiseText(changed, 'note')).toThrow(new Error(message));
  });

  it('is not read from nothing', () => {
    expect(() => parsePromiseText('', 'note')).toThrow('note must end in a newline');
  });

  it.each([0, 65, 1.5, NaN])('is not written of a group of %p', (groupSize) => {
    const terms = { ...parsePromiseText(text, 'note'), groupSize };
    expect(() => encodePromiseText(terms)).toThrow(new RangeError('groupSize must be 1 to 64'));
  });

  it('is not written of a root of 31 bytes', () => {
    const terms = { ...parsePromiseText(text, 'note'), root: Buffer.alloc(31) };
    expect(() => encodePromiseText(terms)).toThrow(new RangeError('root must be a hash of 32 bytes'));
  });
});
