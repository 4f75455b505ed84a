import { describe, expect, it } from '@jest/globals';
import { leafHash, nodeHash } from '../../../src/audit/tlog/hashes.js';
import {
  buildProof,
  neededSubtrees,
  planConsistency,
  planInclusion,
  planRoot,
} from '../../../src/audit/tlog/proof-plan.js';
import type { ProofPlan } from '../../../src/audit/tlog/proof-plan.js';
import type { Subtree } from '../../../src/audit/tlog/subtrees.js';
import { verifyConsistency, verifyInclusion } from '../../../src/audit/tlog/verify-proof.js';
import { entryOf, mth, path, proof } from './reference-tree.js';

const SIZES = 130;

const completeHash = ({ level, index }: Subtree): Buffer => mth(index * 2 ** level, (index + 1) * 2 ** level);

const built = (plan: ProofPlan): Buffer[] => buildProof(plan, neededSubtrees(plan).map(completeHash));

const areEqual = (one: readonly Buffer[], other: readonly Buffer[]): boolean =>
  one.length === other.length && Buffer.concat(one).equals(Buffer.concat(other));

/** What a plan asks for that a tree of `size` leaves has not complete, or that it asks for twice. */
function unavailable(plan: ProofPlan, size: number): Subtree[] {
  const needed = neededSubtrees(plan);
  const names = needed.map(({ level, index }) => `${level}/${index}`);
  return needed.filter(
    ({ level, index }, at) => (index + 1) * 2 ** level > size || names.indexOf(`${level}/${index}`) !== at,
  );
}

describe('proofs from complete subtrees', () => {
  it(`have the root at all sizes from 0 to ${SIZES}`, () => {
    for (let size = 0; size <= SIZES; size += 1) {
      expect(unavailable(planRoot(size), size)).toEqual([]);
      expect(built(planRoot(size))).toEqual([mth(0, size)]);
    }
  });

  it(`are the RFC's inclusion proofs, and verify, for all leaves of all sizes to ${SIZES}`, () => {
    const wrong: unknown[] = [];
    for (let size = 1; size <= SIZES; size += 1) {
      for (let index = 0; index < size; index += 1) {
        const claim = { leaf: leafHash(entryOf(index)), index, size, root: mth(0, size) };
        const plan = planInclusion(index, size);
        const hashes = built(plan);
        const holds = areEqual(hashes, path(index, 0, size)) && verifyInclusion(claim, hashes);
        if (!holds || unavailable(plan, size).length > 0) wrong.push({ index, size });
      }
    }
    expect(wrong).toEqual([]);
  });

  it(`are the RFC's consistency proofs, and verify, between all sizes to ${SIZES}`, () => {
    const wrong: unknown[] = [];
    for (let newSize = 0; newSize <= SIZES; newSize += 1) {
      for (let oldSize = 0; oldSize <= newSize; oldSize += 1) {
        const claim = { oldSize, oldRoot: mth(0, oldSize), newSize, newRoot: mth(0, newSize) };
        const plan = planConsistency(oldSize, newSize);
        const hashes = built(plan);
        const holds = areEqual(hashes, proof(oldSize, newSize)) && verifyConsistency(claim, hashes);
        if (!holds || unavailable(plan, newSize).length > 0) wrong.push({ oldSize, newSize });
      }
    }
    expect(wrong).toEqual([]);
  });

  // A tree whose leaves are all the same has one hash for each level, so even the largest can be reckoned with.
  describe('of trees too large to build', () => {
    const leaf = leafHash(Buffer.from('the same'));
    const uniform = Array.from({ length: 53 }).reduce<Buffer[]>(
      (levels) => [...levels, nodeHash(levels.at(-1) ?? leaf, levels.at(-1) ?? leaf)],
      [leaf],
    );
    const of = (plan: ProofPlan): Buffer[] =>
      buildProof(
        plan,
        neededSubtrees(plan).map(({ level }) => uniform[level] ?? leaf),
      );
    const rootOf = (size: number): Buffer => of(planRoot(size))[0] ?? leaf;
    const LARGE = [2 ** 31 - 1, 2 ** 31, 2 ** 32 + 1, 2 ** 40 + 12_345, 2 ** 52, Number.MAX_SAFE_INTEGER];

    it.each(LARGE)('verify at size %i', (size) => {
      for (const index of [0, 1, 2 ** 30 + 7, size - 2 ** 20, size - 2, size - 1]) {
        const hashes = of(planInclusion(index, size));
        expect(hashes.length).toBeLessThanOrEqual(53);
        expect(verifyInclusion({ leaf, index, size, root: rootOf(size) }, hashes)).toBe(true);
        expect(verifyInclusion({ leaf, index, size, root: rootOf(size - 1) }, hashes)).toBe(false);
      }
      for (const oldSize of [1, 2, 3, 2 ** 30, 2 ** 30 + 1, size - 1, size]) {
        const claim = { oldSize, oldRoot: rootOf(oldSize), newSize: size, newRoot: rootOf(size) };
        const hashes = of(planConsistency(oldSize, size));
        expect(verifyConsistency(claim, hashes)).toBe(true);
        expect(verifyConsistency({ ...claim, oldRoot: rootOf(oldSize - 1) }, hashes)).toBe(false);
      }
    });
  });

  it.each([
    [() => planInclusion(0, 0), 'index must be one of a leaf of the tree'],
    [() => planInclusion(5, 5), 'index must be one of a leaf of the tree'],
    [() => planInclusion(-1, 5), 'index must be one of a leaf of the tree'],
    [() => planInclusion(0.5, 5), 'index must be one of a leaf of the tree'],
    [() => planInclusion(0, 2 ** 53), 'size must be an integer from 0 to 9007199254740991'],
    [() => planRoot(-1), 'size must be an integer from 0 to 9007199254740991'],
    [() => planConsistency(6, 5), 'oldSize must not be larger than newSize'],
    [() => planConsistency(NaN, 5), 'oldSize must be an integer from 0 to 9007199254740991'],
    [() => planConsistency(1, 5.5), 'newSize must be an integer from 0 to 9007199254740991'],
    [() => buildProof(planInclusion(2, 5), []), 'hashes must be the 3 that the plan needs'],
    [() => buildProof(planRoot(1), [Buffer.alloc(31)]), 'each of hashes must be a hash of 32 bytes'],
  ])('are not planned or built in vain: %s', (plan, message) => {
    expect(plan).toThrow(new RangeError(message));
  });
});
