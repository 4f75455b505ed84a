import { describe, expect, it } from '@jest/globals';
import { CompactRange } from '../../../src/audit/tlog/compact-range.js';
import { leafHash } from '../../../src/audit/tlog/hashes.js';
import { PUBLISHED_ENTRIES, PUBLISHED_ROOTS } from './published-tree.js';
import { entryOf, mth } from './reference-tree.js';

const SIZES = 130;

/** The ranges of all sizes from 0 to `SIZES`. */
function grow(): CompactRange[] {
  const ranges = [CompactRange.empty()];
  for (let range = CompactRange.empty(); range.size < SIZES; ranges.push(range)) {
    range = range.append(leafHash(entryOf(range.size)));
  }
  return ranges;
}

describe('a compact range', () => {
  it('has the published roots', () => {
    const ranges = [CompactRange.empty()];
    for (const entry of PUBLISHED_ENTRIES) {
      ranges.push((ranges.at(-1) ?? CompactRange.empty()).append(leafHash(Buffer.from(entry, 'hex'))));
    }
    expect(ranges.map(({ root }) => root.toString('hex'))).toEqual(PUBLISHED_ROOTS);
  });

  it(`has the root of the whole tree at all sizes from 0 to ${SIZES}`, () => {
    expect(grow().map(({ size, root }) => [size, root.toString('hex')])).toEqual(
      Array.from({ length: SIZES + 1 }, (_, size) => [size, mth(0, size).toString('hex')]),
    );
  });

  it('goes on from what was kept as if it had never stopped', () => {
    const ranges = grow();
    for (const { size, hashes } of ranges.slice(0, -1)) {
      const kept = CompactRange.of(
        size,
        hashes.map((hash) => Buffer.from(hash.toString('hex'), 'hex')),
      );
      expect(kept.append(leafHash(entryOf(size)))).toEqual(ranges[size + 1]);
    }
  });

  it('is not changed by what is appended to it', () => {
    const seven = grow()[7] ?? CompactRange.empty();
    const [root, hashes] = [seven.root, [...seven.hashes]];
    seven.append(leafHash(entryOf(100)));
    expect([seven.size, seven.root, seven.hashes]).toEqual([7, root, hashes]);
  });

  it('tells each complete subtree once, when its last leaf comes', () => {
    let range = CompactRange.empty();
    const told: string[] = [];
    for (let size = 0; size < 64; size += 1) {
      range = range.append(leafHash(entryOf(size)), ({ level, index }, hash) => {
        const [begin, end] = [index * 2 ** level, (index + 1) * 2 ** level];
        expect(end).toBe(size + 1);
        expect(hash).toEqual(mth(begin, end));
        told.push(`${level}/${index}`);
      });
    }
    expect(told.slice(0, 7)).toEqual(['0/0', '0/1', '1/0', '0/2', '0/3', '1/1', '2/0']);
    expect(new Set(told).size).toBe(told.length);
    expect(told).toHaveLength(127);
  });

  it('keeps at most 53 hashes, at the largest size there is', () => {
    const full = CompactRange.of(
      Number.MAX_SAFE_INTEGER,
      Array.from({ length: 53 }, () => leafHash(Buffer.alloc(0))),
    );
    expect(() => full.append(leafHash(Buffer.alloc(0)))).toThrow('size must be an integer from 0 to 9007199254740991');
  });

  it.each([-1, 0.5, NaN, 2 ** 53])('is not of the size %p', (size) => {
    expect(() => CompactRange.of(size, [])).toThrow(RangeError);
  });

  it('is not made of too few hashes, too many, or short ones', () => {
    const hash = leafHash(Buffer.alloc(0));
    expect(() => CompactRange.of(3, [hash])).toThrow(new RangeError('hashes must be 2 for a tree of 3 leaves'));
    expect(() => CompactRange.of(2, [hash, hash])).toThrow('hashes must be 1 for a tree of 2 leaves');
    expect(() => CompactRange.of(1, [hash.subarray(1)])).toThrow('each of hashes must be a hash of 32 bytes');
    expect(() => CompactRange.empty().append(hash.subarray(1))).toThrow('leaf must be a hash of 32 bytes');
  });
});
