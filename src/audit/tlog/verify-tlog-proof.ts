import { leafHash } from './hashes.js';
import { parseTlogProof } from './tlog-proof.js';
import { verifyCheckpoint } from './verify-checkpoint.js';
import type { TrustPolicy, VerifiedCheckpoint } from './verify-checkpoint.js';
import { verdictOf } from './verify-note.js';
import type { Verdict } from './verify-note.js';
import { verifyInclusion } from './verify-proof.js';

/** An entry is in the log: where, in what tree, and who else saw that tree. */
export interface VerifiedEntry extends VerifiedCheckpoint {
  readonly index: number;
  /** What came with the proof. Nothing vouches for it. */
  readonly extra?: Buffer;
}

/**
 * Whether a proof shows that the entry with exactly these bytes is in the caller's log (tlog-proof, "Verifying a tlog
 * proof"). Throws a RangeError for a policy as `verifyCheckpoint` does, never because of the proof or the entry.
 */
export function verifyTlogProof(
  proof: string | Uint8Array,
  entry: Uint8Array,
  policy: TrustPolicy,
): Verdict<VerifiedEntry> {
  return verifyTlogProofOfLeaf(proof, leafHash(entry), policy);
}

/** The same where only the entry's hash is known, 32 bytes (`leafHash`). Throws as that. */
export function verifyTlogProofOfLeaf(
  proof: string | Uint8Array,
  leaf: Buffer,
  policy: TrustPolicy,
): Verdict<VerifiedEntry> {
  return verdictOf<VerifiedEntry>(() => {
    const { index, hashes, checkpoint: note, extra } = parseTlogProof(proof, 'proof');
    const verdict = verifyCheckpoint(note, policy);
    if (!verdict.holds) return verdict;
    const { size, root } = verdict.checkpoint;
    if (index >= size) return { holds: false, why: 'proof is of an index that the tree does not have' };
    if (!verifyInclusion({ leaf, index, size, root }, hashes)) {
      return { holds: false, why: 'proof does not lead from this entry at this index to the root of the checkpoint' };
    }
    return { ...verdict, index, ...(extra === undefined ? {} : { extra }) };
  });
}
