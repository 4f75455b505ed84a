import { assertHash, nodeHash } from './hashes.js';
import { buildProof, neededSubtrees, planConsistency, planInclusion, planRoot } from './proof-plan.js';
import type { ProofPlan } from './proof-plan.js';

/**
 * A whole tree in memory (RFC 6962, 2.1), made at once from the hashes of its leaves: of one group, or of a whole log
 * that a verifier has read. It keeps two hashes for each leaf.
 */
export class MerkleTree {
  /** Of complete subtrees, by level and index. */
  readonly #levels: Buffer[][];
  readonly size: number;

  /** Throws a RangeError unless all leaves have 32 bytes. */
  constructor(leaves: readonly Buffer[]) {
    for (const leaf of leaves) assertHash(leaf, 'each of leaves');
    this.size = leaves.length;
    this.#levels = [[...leaves]];
    for (let below = this.#levels[0] ?? []; below.length > 1; this.#levels.push(below)) below = parentsOf(below);
  }

  /** 32 bytes. */
  get root(): Buffer {
    return this.rootAt(this.size);
  }

  /** The root that the tree had with its first `size` leaves. Throws a RangeError if it never had as many. */
  rootAt(size: number): Buffer {
    this.#assertWithin(size, 'size');
    const [root] = this.#build(planRoot(size));
    if (root === undefined) throw new Error('the plan of a root has no hash');
    return root;
  }

  /** The proof that the leaf `index` is in the whole tree (2.1.1). Throws a RangeError if there is no such leaf. */
  inclusion(index: number): Buffer[] {
    return this.#build(planInclusion(index, this.size));
  }

  /** The proof that the tree begins with its first `oldSize` leaves (2.1.2). Throws a RangeError if it has fewer. */
  consistency(oldSize: number): Buffer[] {
    return this.#build(planConsistency(oldSize, this.size));
  }

  #build(plan: ProofPlan): Buffer[] {
    return buildProof(
      plan,
      neededSubtrees(plan).map(({ level, index }) => {
        const hash = this.#levels[level]?.[index];
        if (hash === undefined) throw new Error('a plan needs what the tree does not have');
        return hash;
      }),
    );
  }

  #assertWithin(size: number, what: string): void {
    if (!Number.isSafeInteger(size) || size < 0 || size > this.size) {
      throw new RangeError(`${what} must be an integer from 0 to ${this.size}`);
    }
  }
}

/** Of each two, from the left on; the last one waits if it has no sibling. */
function parentsOf(hashes: readonly Buffer[]): Buffer[] {
  const parents: Buffer[] = [];
  let left: Buffer | undefined;
  for (const hash of hashes) {
    if (left === undefined) {
      left = hash;
    } else {
      parents.push(nodeHash(left, hash));
      left = undefined;
    }
  }
  return parents;
}
