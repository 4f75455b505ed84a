import { nodeHash, emptyRoot } from './hashes.js';

/**
 * A complete subtree: the 2^`level` leaves from `index` * 2^`level` on. A leaf is one of level 0. Its hash never changes
 * once the tree has reached its end, so it can be kept where it was first computed.
 */
export interface Subtree {
  readonly level: number;
  readonly index: number;
}

/**
 * The complete subtrees that make up the leaves from `begin` to before `end`, from left to right, as RFC 6962, 2.1
 * divides a tree: each at least as large as all behind it. `begin` must be 0 or a place where the RFC divides a larger
 * tree. Their hashes become one by `foldSubtrees`.
 */
export function subtreesOfRange(begin: number, end: number): Subtree[] {
  const subtrees: Subtree[] = [];
  for (let next = begin; next < end;) {
    const { level, width } = largestPower(end - next);
    subtrees.push({ level, index: next / width });
    next += width;
  }
  return subtrees;
}

/** The hash of neighbouring subtrees, as `subtreesOfRange` lists them; the root of the empty tree if there are none. */
export function foldSubtrees(hashes: readonly Buffer[]): Buffer {
  // The rightmost are the smallest, and the first to be joined.
  return hashes.length === 0 ? emptyRoot() : hashes.reduceRight((right, left) => nodeHash(left, right));
}

/** Where RFC 6962, 2.1 divides a tree of `size` ≥ 2 leaves: the largest power of two smaller than `size`. */
export function divisionOf(size: number): number {
  return largestPower(size - 1).width;
}

/** Throws a RangeError unless `size` can be the size of a tree. */
export function assertSize(size: number, what: string): void {
  if (!Number.isSafeInteger(size) || size < 0) {
    throw new RangeError(`${what} must be an integer from 0 to ${Number.MAX_SAFE_INTEGER}`);
  }
}

// Sizes have up to 53 bits, and the operators for bits see only 32.
function largestPower(most: number): { level: number; width: number } {
  let [level, width] = [0, 1];
  while (width * 2 <= most) [level, width] = [level + 1, width * 2];
  return { level, width };
}
