import { describe, expect, it } from '@jest/globals';
import { leafHash } from '../../../src/audit/tlog/hashes.js';
import { MerkleTree } from '../../../src/audit/tlog/merkle-tree.js';
import { PUBLISHED_ENTRIES, PUBLISHED_ROOTS } from './published-tree.js';
import { entryOf, mth, path, proof } from './reference-tree.js';

const treeOf = (size: number): MerkleTree =>
  new MerkleTree(Array.from({ length: size }, (_, index) => leafHash(entryOf(index))));

describe('a tree in memory', () => {
  it('has the published roots, of all its sizes', () => {
    const tree = new MerkleTree(PUBLISHED_ENTRIES.map((entry) => leafHash(Buffer.from(entry, 'hex'))));
    expect(PUBLISHED_ROOTS.map((_, size) => tree.rootAt(size).toString('hex'))).toEqual(PUBLISHED_ROOTS);
    expect(tree.root.toString('hex')).toBe(PUBLISHED_ROOTS.at(-1));
  });

  it.each([0, 1, 2, 3, 7, 8, 9, 33])('of %i leaves has the roots and proofs of the RFC', (size) => {
    const tree = treeOf(size);
    expect(tree.size).toBe(size);
    expect(tree.root).toEqual(mth(0, size));
    for (let index = 0; index < size; index += 1) {
      expect(tree.inclusion(index)).toEqual(path(index, 0, size));
      expect(tree.consistency(index + 1)).toEqual(proof(index + 1, size));
      expect(tree.rootAt(index)).toEqual(mth(0, index));
    }
  });

  it('does not change with the list that it was made from', () => {
    const leaves = [leafHash(entryOf(0)), leafHash(entryOf(1))];
    const tree = new MerkleTree(leaves);
    leaves.pop();
    expect(tree.root).toEqual(mth(0, 2));
    expect(tree.inclusion(0)).toEqual(path(0, 0, 2));
  });

  it('refuses what it does not have', () => {
    const tree = treeOf(5);
    expect(() => tree.inclusion(5)).toThrow(new RangeError('index must be one of a leaf of the tree'));
    expect(() => tree.consistency(6)).toThrow(new RangeError('oldSize must not be larger than newSize'));
    expect(() => tree.rootAt(6)).toThrow(new RangeError('size must be an integer from 0 to 5'));
    expect(() => tree.rootAt(-1)).toThrow(RangeError);
    expect(() => tree.rootAt(0.5)).toThrow(RangeError);
    expect(() => new MerkleTree([Buffer.alloc(31)])).toThrow('each of leaves must be a hash of 32 bytes');
  });
});
