import { describe, expect, it } from '@jest/globals';
import { encodeAddCheckpoint, parseAddCheckpoint } from '../../../src/audit/tlog/add-checkpoint.js';
import { MalformedTlogError } from '../../../src/audit/tlog/malformed-tlog-error.js';
import { SPECIFIED_CHECKPOINT } from './published-notes.js';

const hash = Buffer.alloc(32, 7);
const hash64 = hash.toString('base64');

/** The example in c2sp.org/tlog-witness, with one signature less. */
const SPECIFIED =
  'old 20852014\n' +
  'PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=\n' +
  'jrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=\n' +
  '5+pKlUdi2LeF/BcMHBn+Ku6yhPGNCswZZD1X/6QgPd8=\n' +
  '/6WVhPs2CwSsb5rYBH5cjHV/wSmA79abXAwhXw3Kj/0=\n' +
  '\n' +
  SPECIFIED_CHECKPOINT;

describe('what a log sends a witness', () => {
  it('is read as the specification shows it, and written the same', () => {
    const request = parseAddCheckpoint(Buffer.from(SPECIFIED), 'body');
    expect(request).toMatchObject({ oldSize: 20_852_014, checkpoint: SPECIFIED_CHECKPOINT });
    expect(request.proof).toHaveLength(4);
    expect(encodeAddCheckpoint(request)).toBe(SPECIFIED);
  });

  it('has no proof the first time', () => {
    expect(parseAddCheckpoint('old 0\n\nx\n', 'body')).toEqual({ oldSize: 0, proof: [], checkpoint: 'x\n' });
    expect(encodeAddCheckpoint({ oldSize: 0, proof: [], checkpoint: 'x\n' })).toBe('old 0\n\nx\n');
  });

  const number = 'body line 1 must be a number up to 9007199254740991 without leading zeroes';

  it.each([
    ['', 'body must have an empty line before its checkpoint'],
    ['old 0\n', 'body must have an empty line before its checkpoint'],
    ['\n\nx\n', 'body line 1 must be the old size'],
    ['new 0\n\nx\n', 'body line 1 must be the old size'],
    ['old0\n\nx\n', 'body line 1 must be the old size'],
    ['old 00\n\nx\n', number],
    ['old -1\n\nx\n', number],
    ['old  1\n\nx\n', number],
    ['old 1 \n\nx\n', number],
    [`old 1\n${hash64}\nAAAA\n\nx\n`, 'body line 3 must be 32 bytes in base64'],
    [`old 1\n${hash64.slice(1)}\n\nx\n`, 'body line 2 must be base64'],
    [`old 1\n${`${hash64}\n`.repeat(64)}\nx\n`, 'body must have at most 63 hashes'],
    ['old 0\r\n\r\nx\r\n', 'body must be text without control characters but newlines'],
  ])('is not %j', (body, message) => {
    expect(() => parseAddCheckpoint(body, 'body')).toThrow(MalformedTlogError);
    expect(() => parseAddCheckpoint(body, 'body')).toThrow(message);
  });

  it('has up to 63 hashes', () => {
    const request = { oldSize: 1, proof: Array.from({ length: 63 }, () => hash), checkpoint: 'x\n' };
    expect(parseAddCheckpoint(encodeAddCheckpoint(request), 'body')).toEqual(request);
  });

  it.each([
    [{ oldSize: -1, proof: [] }, 'oldSize must be an integer from 0 to 9007199254740991'],
    [{ oldSize: 1, proof: Array.from({ length: 64 }, () => hash) }, 'proof must have at most 63 hashes'],
    [{ oldSize: 1, proof: [hash.subarray(1)] }, 'each of proof must be a hash of 32 bytes'],
  ])('is not written where nobody would read it', (request, message) => {
    expect(() => encodeAddCheckpoint({ ...request, checkpoint: 'x\n' })).toThrow(new RangeError(message));
  });
});
