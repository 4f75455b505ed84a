import { assertHash, nodeHash } from './hashes.js';
import { assertSize, foldSubtrees, subtreesOfRange } from './subtrees.js';
import type { Subtree } from './subtrees.js';

/**
 * What a growing tree needs of its past: the hashes of the complete subtrees that make it up, one for each bit of its
 * size, at most 53. It never changes; `append` gives another one.
 */
export class CompactRange {
  private constructor(
    /** How many leaves the tree has. */
    readonly size: number,
    /** Of the subtrees that `subtreesOfRange(0, size)` names, from left to right. */
    readonly hashes: readonly Buffer[],
  ) {}

  /** The tree without leaves. */
  static empty(): CompactRange {
    return new CompactRange(0, []);
  }

  /** As it was kept. Throws a RangeError unless there are as many hashes as this size has, of 32 bytes each. */
  static of(size: number, hashes: readonly Buffer[]): CompactRange {
    assertSize(size, 'size');
    const demanded = subtreesOfRange(0, size).length;
    if (hashes.length !== demanded) throw new RangeError(`hashes must be ${demanded} for a tree of ${size} leaves`);
    for (const hash of hashes) assertHash(hash, 'each of hashes');
    return new CompactRange(size, [...hashes]);
  }

  /**
   * The tree with one more leaf, and tells `completed` of each subtree that the leaf completes: itself, then upwards.
   * Throws a RangeError if the leaf's hash has not 32 bytes or the tree is as large as it can be.
   */
  append(leaf: Buffer, completed?: (subtree: Subtree, hash: Buffer) => void): CompactRange {
    assertHash(leaf, 'leaf');
    assertSize(this.size + 1, 'size');
    const left = [...this.hashes];
    let [hash, level, index] = [leaf, 0, this.size];
    completed?.({ level, index }, hash);
    // It completes a pair wherever a left sibling waits, as carrying goes through the ones of a binary number.
    for (; index % 2 === 1; level += 1, completed?.({ level, index }, hash)) {
      const sibling = left.pop();
      if (sibling === undefined) throw new Error('a compact range has fewer hashes than its size says');
      hash = nodeHash(sibling, hash);
      index = (index - 1) / 2;
    }
    return new CompactRange(this.size + 1, [...left, hash]);
  }

  /** The root of the tree (RFC 6962, 2.1). 32 bytes. */
  get root(): Buffer {
    return foldSubtrees(this.hashes);
  }
}
