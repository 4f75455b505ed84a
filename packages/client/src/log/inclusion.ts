import { HASH_BYTES, equalBytes, nodeHash } from './hashes.js';

/** That the leaf of this hash is the one of this index in the tree of this size and root. */
export interface InclusionClaim {
  readonly leaf: Uint8Array;
  readonly index: number;
  readonly size: number;
  readonly root: Uint8Array;
}

/** Whether `proof` shows it (RFC 9162, 2.1.3.2). False for everything else, malformed claims too: it never throws. */
export function verifyInclusion({ leaf, index, size, root }: InclusionClaim, proof: readonly Uint8Array[]): boolean {
  if (!isPlace(size) || !isPlace(index) || index >= size) return false;
  if ([leaf, root, ...proof].some(({ length }) => length !== HASH_BYTES)) return false;
  let [node, last, hash] = [index, size - 1, leaf];
  for (const sibling of proof) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      hash = nodeHash(sibling, hash);
      // On the tree's right edge a node without a sibling is its own parent.
      while (node % 2 === 0 && node !== 0) [node, last] = [half(node), half(last)];
    } else {
      hash = nodeHash(hash, sibling);
    }
    [node, last] = [half(node), half(last)];
  }
  return last === 0 && equalBytes(hash, root);
}

const half = (place: number): number => Math.floor(place / 2);
const isPlace = (place: number): boolean => Number.isSafeInteger(place) && place >= 0;
