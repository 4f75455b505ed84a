import { describe, expect, it } from '@jest/globals';
import { MalformedTlogError } from '../../../src/audit/tlog/malformed-tlog-error.js';
import { encodeTlogProof, parseTlogProof } from '../../../src/audit/tlog/tlog-proof.js';
import { SPECIFIED_CHECKPOINT } from './published-notes.js';

const hash = Buffer.alloc(32, 7);
const hash64 = hash.toString('base64');

/**
 * The example in c2sp.org/tlog-proof. There the signatures are cut short, and the extra data is no base64, since it has
 * no padding: both stand here as they would be.
 */
const SPECIFIED =
  'c2sp.org/tlog-proof@v1\n' +
  'extra YWdlLXYxLjIuMS1kYXJ3aW4tYXJtNjQudGFyLmd6\n' +
  'index 73894\n' +
  'gSKyXoYZUgZ6jduWYrkDOARinOMGJveXjgMkBTcdPlQ=\n' +
  'B95lDa8R83lS8n0eG+o0buTxRKQTYFi//1U8anccXmA=\n' +
  'EKNzoDWG8LGC0Yp9o+sv3qllpMP9uHQ9B20KNL+Q1zs=\n' +
  'RoopEkOdqkYqMB4MJXrbt/hMjOxsVn0IrWjpz1ZMMes=\n' +
  'AHCioX9nLjsrse6YhjRRmk1WUEirVOLLRoOQ6vfO5vk=\n' +
  '\n' +
  SPECIFIED_CHECKPOINT;

describe('a proof in a file', () => {
  it('is read as the specification shows it, and written the same', () => {
    const proof = parseTlogProof(SPECIFIED, 'proof');
    expect(proof).toMatchObject({ index: 73_894, checkpoint: SPECIFIED_CHECKPOINT });
    expect(proof.hashes).toHaveLength(5);
    expect(proof.extra?.toString()).toBe('age-v1.2.1-darwin-arm64.tar.gz');
    expect(encodeTlogProof(proof)).toBe(SPECIFIED);
    expect(parseTlogProof(Buffer.from(SPECIFIED), 'proof')).toEqual(proof);
  });

  it('needs neither extra data nor hashes', () => {
    const text = 'c2sp.org/tlog-proof@v1\nindex 0\n\nthe checkpoint\n';
    expect(parseTlogProof(text, 'proof')).toEqual({ index: 0, hashes: [], checkpoint: 'the checkpoint\n' });
    expect(encodeTlogProof({ index: 0, hashes: [], checkpoint: 'the checkpoint\n' })).toBe(text);
  });

  it('has up to 53 hashes, as the largest tree demands', () => {
    const proof = { index: 0, hashes: Array.from({ length: 53 }, () => hash), checkpoint: 'x\n' };
    expect(parseTlogProof(encodeTlogProof(proof), 'proof')).toEqual(proof);
  });

  it('has a checkpoint that may itself have empty lines', () => {
    const { checkpoint } = parseTlogProof('c2sp.org/tlog-proof@v1\nindex 0\n\na\n\nb\n', 'proof');
    expect(checkpoint).toBe('a\n\nb\n');
  });

  const number = 'must be a number up to 9007199254740991 without leading zeroes';

  it.each([
    ['', 'proof must have an empty line before its checkpoint'],
    ['c2sp.org/tlog-proof@v1\nindex 0\n', 'proof must have an empty line before its checkpoint'],
    ['c2sp.org/tlog-proof@v2\nindex 0\n\nx\n', 'proof line 1 must be c2sp.org/tlog-proof@v1'],
    [' c2sp.org/tlog-proof@v1\nindex 0\n\nx\n', 'proof line 1 must be c2sp.org/tlog-proof@v1'],
    ['\uFEFFc2sp.org/tlog-proof@v1\nindex 0\n\nx\n', 'proof line 1 must be c2sp.org/tlog-proof@v1'],
    ['c2sp.org/tlog-proof@v1\n\nx\n', 'proof line 2 must be the index of the entry'],
    [`c2sp.org/tlog-proof@v1\n${hash64}\n\nx\n`, 'proof line 2 must be the index of the entry'],
    ['c2sp.org/tlog-proof@v1\nextra YQ==\n\nx\n', 'proof line 3 must be the index of the entry'],
    ['c2sp.org/tlog-proof@v1\nindex 0\nextra YQ==\n\nx\n', 'proof line 3 must be base64'],
    ['c2sp.org/tlog-proof@v1\nextra YQ==\nextra YQ==\nindex 0\n\nx\n', 'proof line 3 must be the index of the entry'],
    ['c2sp.org/tlog-proof@v1\nextra \nindex 0\n\nx\n', 'proof line 2 must be base64'],
    ['c2sp.org/tlog-proof@v1\nextra YR==\nindex 0\n\nx\n', 'proof line 2 must be base64'],
    ['c2sp.org/tlog-proof@v1\nextra  YQ==\nindex 0\n\nx\n', 'proof line 2 must be base64'],
    ['c2sp.org/tlog-proof@v1\nindex 00\n\nx\n', `proof line 2 ${number}`],
    ['c2sp.org/tlog-proof@v1\nindex \n\nx\n', `proof line 2 ${number}`],
    ['c2sp.org/tlog-proof@v1\nindex -1\n\nx\n', `proof line 2 ${number}`],
    ['c2sp.org/tlog-proof@v1\nindex 9007199254740992\n\nx\n', `proof line 2 ${number}`],
    [`c2sp.org/tlog-proof@v1\nindex 0\n${hash64}\n${hash64.slice(1)}\n\nx\n`, 'proof line 4 must be base64'],
    ['c2sp.org/tlog-proof@v1\nindex 0\nAAAA\n\nx\n', 'proof line 3 must be 32 bytes in base64'],
    ['c2sp.org/tlog-proof@v1\nextra YQ==\nindex 0\nAAAA\n\nx\n', 'proof line 4 must be 32 bytes in base64'],
    [`c2sp.org/tlog-proof@v1\nindex 0\n${`${hash64}\n`.repeat(54)}\nx\n`, 'proof must have at most 53 hashes'],
    ['c2sp.org/tlog-proof@v1\r\nindex 0\r\n\r\nx\r\n', 'proof must be text without control characters but newlines'],
    [`c2sp.org/tlog-proof@v1\nindex 0\n\n${'x'.repeat(2 ** 20)}\n`, 'proof must have at most 1048576 bytes'],
  ])('is not %j', (text, message) => {
    expect(() => parseTlogProof(text, 'proof')).toThrow(MalformedTlogError);
    expect(() => parseTlogProof(text, 'proof')).toThrow(message);
  });

  it.each([
    [{ index: -1, hashes: [] }, 'index must be an integer from 0 to 9007199254740991'],
    [{ index: 0, hashes: [hash.subarray(1)] }, 'each of hashes must be a hash of 32 bytes'],
    [{ index: 0, hashes: Array.from({ length: 54 }, () => hash) }, 'hashes must be at most 53'],
    [{ index: 0, hashes: [], extra: Buffer.alloc(0) }, 'extra must have bytes or be left out'],
  ])('is not written where nobody would read it', (proof, message) => {
    expect(() => encodeTlogProof({ ...proof, checkpoint: 'x\n' })).toThrow(new RangeError(message));
  });
});
