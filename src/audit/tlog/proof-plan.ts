import { assertHash } from './hashes.js';
import { assertSize, divisionOf, foldSubtrees, subtreesOfRange } from './subtrees.js';
import type { Subtree } from './subtrees.js';

/**
 * What a proof is made from: for each of its hashes, in its order, the complete subtrees that the hash is folded from.
 * It is known without reading anything, so that whoever keeps the hashes reads all of them at once
 * (`neededSubtrees`), wherever they are, and then has the proof (`buildProof`).
 */
export type ProofPlan = readonly (readonly Subtree[])[];

/** The plan of a root: one hash. `buildProof` gives it as the only one. Throws a RangeError for what is no size. */
export function planRoot(size: number): ProofPlan {
  assertSize(size, 'size');
  return [subtreesOfRange(0, size)];
}

/**
 * The plan of the proof that the leaf `index` is in the tree of `size` leaves (RFC 6962, 2.1.1): from the leaf's sibling
 * up. Throws a RangeError unless 0 ≤ `index` < `size`.
 */
export function planInclusion(index: number, size: number): ProofPlan {
  assertSize(size, 'size');
  if (!Number.isSafeInteger(index) || index < 0 || index >= size) {
    throw new RangeError('index must be one of a leaf of the tree');
  }
  const downwards: Subtree[][] = [];
  for (let [begin, end] = [0, size]; end - begin > 1;) {
    const middle = begin + divisionOf(end - begin);
    if (index < middle) {
      downwards.push(subtreesOfRange(middle, end));
      end = middle;
    } else {
      downwards.push(subtreesOfRange(begin, middle));
      begin = middle;
    }
  }
  return downwards.reverse();
}

/**
 * The plan of the proof that the tree of `newSize` leaves begins with that of `oldSize` (RFC 6962, 2.1.2). Nothing is
 * needed if they are of one size, or if the old one is empty, with which all begin. Throws a RangeError unless
 * 0 ≤ `oldSize` ≤ `newSize`.
 */
export function planConsistency(oldSize: number, newSize: number): ProofPlan {
  assertSize(oldSize, 'oldSize');
  assertSize(newSize, 'newSize');
  if (oldSize > newSize) throw new RangeError('oldSize must not be larger than newSize');
  if (oldSize === 0) return [];
  const downwards: Subtree[][] = [];
  let [begin, end] = [0, newSize];
  while (end > oldSize) {
    const middle = begin + divisionOf(end - begin);
    if (oldSize <= middle) {
      downwards.push(subtreesOfRange(middle, end));
      end = middle;
    } else {
      downwards.push(subtreesOfRange(begin, middle));
      begin = middle;
    }
  }
  // From here down both trees are the same. Who verifies knows this hash already if it is the whole old tree.
  if (begin > 0) downwards.push(subtreesOfRange(begin, end));
  return downwards.reverse();
}

/** All subtrees whose hashes a plan needs, in the order in which `buildProof` wants them. Each once. */
export function neededSubtrees(plan: ProofPlan): Subtree[] {
  return plan.flat();
}

/**
 * The hashes of the proof, from those of `neededSubtrees(plan)` in the same order. Throws a RangeError if they are not
 * as many, or not of 32 bytes each.
 */
export function buildProof(plan: ProofPlan, hashes: readonly Buffer[]): Buffer[] {
  const demanded = neededSubtrees(plan).length;
  if (hashes.length !== demanded) throw new RangeError(`hashes must be the ${demanded} that the plan needs`);
  for (const hash of hashes) assertHash(hash, 'each of hashes');
  let next = 0;
  return plan.map(({ length }) => foldSubtrees(hashes.slice(next, (next += length))));
}
