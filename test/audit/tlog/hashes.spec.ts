import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { emptyRoot, leafHash, nodeHash } from '../../../src/audit/tlog/hashes.js';
import { PUBLISHED_ENTRIES, PUBLISHED_NODES, PUBLISHED_ROOTS } from './published-tree.js';

describe('the hashes of a tree', () => {
  it.each(PUBLISHED_ENTRIES.map((entry, index) => [entry, PUBLISHED_NODES[0]?.[index]]))(
    'are of the entry %p what was published',
    (entry, hash) => {
      expect(leafHash(Buffer.from(entry ?? '', 'hex')).toString('hex')).toBe(hash);
    },
  );

  it.each([1, 2, 3])('are of the nodes of level %i what was published', (level) => {
    const below = (PUBLISHED_NODES[level - 1] ?? []).map((hash) => Buffer.from(hash, 'hex'));
    const pairs = PUBLISHED_NODES[level]?.map((_, index) => below.slice(2 * index, 2 * index + 2)) ?? [];
    expect(
      pairs.map(([left = Buffer.alloc(0), right = Buffer.alloc(0)]) => nodeHash(left, right).toString('hex')),
    ).toEqual(PUBLISHED_NODES[level]);
  });

  it('are of nothing the hash of nothing', () => {
    expect(emptyRoot().toString('hex')).toBe(PUBLISHED_ROOTS[0]);
  });

  it('gives everybody bytes of their own', () => {
    emptyRoot().fill(0);
    expect(emptyRoot().toString('hex')).toBe(PUBLISHED_ROOTS[0]);
  });

  it.each(['', '{"salt":"00"}', 'é€𝒳', '\0', 'lone \ud800 half', 'x'.repeat(20_000)])(
    'are of the text %p those of its UTF-8',
    (text) => {
      const prefixed = Buffer.concat([Buffer.from([0]), Buffer.from(text)]);
      expect(leafHash(text)).toEqual(createHash('sha256').update(prefixed).digest());
      expect(leafHash(text)).toEqual(leafHash(Buffer.from(text)));
    },
  );

  it('of nodes stay what they were when others are computed', () => {
    const [left, right] = [leafHash('left'), leafHash('right')];
    const node = nodeHash(left, right);
    const before = Buffer.from(node);
    expect(nodeHash(right, left)).not.toEqual(node);
    expect(node).toEqual(before);
    expect(nodeHash(left, right)).toEqual(before);
  });

  it('tells an entry of 64 bytes from two hashes', () => {
    const [left, right] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
    expect(nodeHash(left, right)).not.toEqual(leafHash(Buffer.concat([left, right])));
  });

  it.each([0, 31, 33, 64])('refuses to join what has %i bytes', (length) => {
    const [hash, other] = [Buffer.alloc(32), Buffer.alloc(length)];
    expect(() => nodeHash(hash, other)).toThrow(new RangeError('right must be a hash of 32 bytes'));
    expect(() => nodeHash(other, hash)).toThrow(new RangeError('left must be a hash of 32 bytes'));
  });
});
