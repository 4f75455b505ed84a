import { describe, expect, it } from '@jest/globals';
import { leafHash } from '../../../src/audit/tlog/hashes.js';
import { verifyConsistency, verifyInclusion } from '../../../src/audit/tlog/verify-proof.js';
import { entryOf, mth, path, proof, sides } from './reference-tree.js';

const SIZES = 40;

/** The same bytes with one bit of byte `at` turned. */
function altered(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes);
  copy.writeUInt8(copy.readUInt8(at) ^ 0x10, at);
  return copy;
}

/** All proofs that are the given one but for one altered byte, a hash too few, too many, or two exchanged. */
function* mutants(hashes: readonly Buffer[]): Generator<Buffer[]> {
  for (const [at, hash] of hashes.entries()) {
    yield hashes.toSpliced(at, 1);
    yield hashes.toSpliced(at, 0, hash);
    yield hashes.toSpliced(at, 1, hash.subarray(1));
    yield hashes.toSpliced(at, 1, Buffer.concat([hash, Buffer.alloc(1)]));
    for (let byte = 0; byte < hash.length; byte += 1) yield hashes.toSpliced(at, 1, altered(hash, byte));
    const next = hashes[at + 1];
    if (next !== undefined) yield hashes.toSpliced(at, 2, next, hash);
  }
  yield [...hashes, Buffer.alloc(32)];
  yield [Buffer.alloc(32), ...hashes];
  yield [...hashes, Buffer.alloc(0)];
}

describe('an inclusion proof', () => {
  const claims = [1, 2, 3, 5, 8, 13, 31, 32, 33].flatMap((size) =>
    [...new Set([0, 1, size - 2, size - 1].filter((index) => index >= 0 && index < size))].map((index) => ({
      size,
      index,
      leaf: leafHash(entryOf(index)),
      root: mth(0, size),
    })),
  );

  it.each(claims)('of $index in $size is refused with one byte of anything altered', (claim) => {
    const hashes = path(claim.index, 0, claim.size);
    expect(verifyInclusion(claim, hashes)).toBe(true);
    expect([...mutants(hashes)].filter((mutant) => verifyInclusion(claim, mutant))).toEqual([]);
    for (let byte = 0; byte < 32; byte += 1) {
      expect(verifyInclusion({ ...claim, leaf: altered(claim.leaf, byte) }, hashes)).toBe(false);
      expect(verifyInclusion({ ...claim, root: altered(claim.root, byte) }, hashes)).toBe(false);
    }
  });

  it(`is refused for another index, in all trees up to ${SIZES}`, () => {
    const wrong: unknown[] = [];
    for (let size = 1; size <= SIZES; size += 1) {
      for (let index = 0; index < size; index += 1) {
        const hashes = path(index, 0, size);
        for (let other = 0; other <= size; other += 1) {
          const claim = { leaf: leafHash(entryOf(index)), index: other, size, root: mth(0, size) };
          if (verifyInclusion(claim, hashes) !== (other === index)) wrong.push(claim);
        }
      }
    }
    expect(wrong).toEqual([]);
  });

  // The root says nothing of the size: whoever verifies has both from one signed checkpoint.
  it(`is refused for another size, unless the leaf stands in both trees alike, up to ${SIZES}`, () => {
    const wrong: unknown[] = [];
    for (let size = 1; size <= SIZES; size += 1) {
      for (let index = 0; index < size; index += 1) {
        const claim = { leaf: leafHash(entryOf(index)), index, root: mth(0, size) };
        for (let other = 0; other <= SIZES; other += 1) {
          const alike = other > index && sides(index, other) === sides(index, size);
          if (verifyInclusion({ ...claim, size: other }, path(index, 0, size)) !== alike) wrong.push(claim);
        }
      }
    }
    expect(wrong).toEqual([]);
  });

  it('is refused of an entry that is two hashes', () => {
    const pair = Buffer.concat([mth(0, 1), mth(1, 2)]);
    expect(verifyInclusion({ leaf: mth(0, 2), index: 0, size: 2, root: mth(0, 4) }, [mth(2, 4)])).toBe(true);
    expect(verifyInclusion({ leaf: leafHash(pair), index: 0, size: 2, root: mth(0, 4) }, [mth(2, 4)])).toBe(false);
  });

  it.each([-1, 0.5, NaN, Infinity, 2 ** 53, -0.5])('is refused, and throws nothing, where a number is %p', (number) => {
    const claim = { leaf: mth(0, 1), index: 0, size: 1, root: mth(0, 1) };
    expect(verifyInclusion({ ...claim, index: number }, [])).toBe(false);
    expect(verifyInclusion({ ...claim, size: number }, [])).toBe(false);
  });

  it('is refused, and throws nothing, where a hash is short', () => {
    const claim = { leaf: mth(0, 1), index: 0, size: 1, root: mth(0, 1) };
    expect(verifyInclusion({ ...claim, leaf: Buffer.alloc(0) }, [])).toBe(false);
    expect(verifyInclusion({ ...claim, root: Buffer.alloc(31) }, [])).toBe(false);
  });
});

describe('a consistency proof', () => {
  const sizes = [1, 2, 3, 4, 6, 7, 8, 15, 16, 21, 33];
  const pairs = sizes.flatMap((newSize) => sizes.filter((size) => size < newSize).map((oldSize) => [oldSize, newSize]));

  it.each(pairs)('from %i to %i is refused with one byte of anything altered', (oldSize = 0, newSize = 0) => {
    const claim = { oldSize, oldRoot: mth(0, oldSize), newSize, newRoot: mth(0, newSize) };
    const hashes = proof(oldSize, newSize);
    expect(verifyConsistency(claim, hashes)).toBe(true);
    expect([...mutants(hashes)].filter((mutant) => verifyConsistency(claim, mutant))).toEqual([]);
    for (let byte = 0; byte < 32; byte += 1) {
      expect(verifyConsistency({ ...claim, oldRoot: altered(claim.oldRoot, byte) }, hashes)).toBe(false);
      expect(verifyConsistency({ ...claim, newRoot: altered(claim.newRoot, byte) }, hashes)).toBe(false);
    }
  });

  it(`is refused for another old size, or with the sizes exchanged, up to ${SIZES}`, () => {
    const wrong: unknown[] = [];
    for (let newSize = 2; newSize <= SIZES; newSize += 1) {
      for (let oldSize = 1; oldSize < newSize; oldSize += 1) {
        const [oldRoot, newRoot] = [mth(0, oldSize), mth(0, newSize)];
        const hashes = proof(oldSize, newSize);
        for (let other = 0; other <= newSize; other += 1) {
          const claim = { oldSize: other, oldRoot, newSize, newRoot };
          if (verifyConsistency(claim, hashes) !== (other === oldSize)) wrong.push(claim);
        }
        const exchanged = { oldSize: newSize, oldRoot: newRoot, newSize: oldSize, newRoot: oldRoot };
        if (verifyConsistency(exchanged, hashes)) wrong.push(exchanged);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('is not needed for trees of one size, which must have one root', () => {
    const claim = { oldSize: 3, oldRoot: mth(0, 3), newSize: 3, newRoot: mth(0, 3) };
    expect(verifyConsistency(claim, [])).toBe(true);
    expect(verifyConsistency(claim, [mth(0, 2)])).toBe(false);
    expect(verifyConsistency({ ...claim, newRoot: mth(0, 4) }, [])).toBe(false);
  });

  it('is not needed from the empty tree, which has one root', () => {
    const claim = { oldSize: 0, oldRoot: mth(0, 0), newSize: 3, newRoot: mth(0, 3) };
    expect(verifyConsistency(claim, [])).toBe(true);
    expect(verifyConsistency(claim, [mth(0, 3)])).toBe(false);
    expect(verifyConsistency({ ...claim, oldRoot: mth(0, 1) }, [])).toBe(false);
    expect(verifyConsistency({ oldSize: 0, oldRoot: mth(0, 1), newSize: 0, newRoot: mth(0, 1) }, [])).toBe(false);
  });

  it.each([-1, 0.5, NaN, Infinity, 2 ** 53])('is refused, and throws nothing, where a number is %p', (number) => {
    const claim = { oldSize: 1, oldRoot: mth(0, 1), newSize: 1, newRoot: mth(0, 1) };
    expect(verifyConsistency({ ...claim, oldSize: number }, [])).toBe(false);
    expect(verifyConsistency({ ...claim, newSize: number }, [])).toBe(false);
  });

  it('is refused, and throws nothing, where a hash is short', () => {
    const claim = { oldSize: 1, oldRoot: mth(0, 1), newSize: 1, newRoot: mth(0, 1) };
    expect(verifyConsistency({ ...claim, oldRoot: Buffer.alloc(31) }, [])).toBe(false);
    expect(verifyConsistency({ ...claim, newRoot: Buffer.alloc(33) }, [])).toBe(false);
  });
});
