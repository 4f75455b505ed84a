import { noteText, parseBase64, parseDecimal, parseHash } from './canonical-text.js';
import { verifyCheckpoint } from './checkpoint.js';
import type { TrustPolicy, VerifiedCheckpoint } from './checkpoint.js';
import { leafHash } from './hashes.js';
import { verifyInclusion } from './inclusion.js';
import { MalformedTlogError } from './malformed-tlog-error.js';
import { verdictOf } from './note.js';
import type { Verdict } from './note.js';

const HEADER = 'c2sp.org/tlog-proof@v1';
const EXTRA = 'extra ';
const INDEX = 'index ';
/** The longest path of a tree whose size is a safe integer. */
const MOST_HASHES = 53;

/** That an entry is in a log: a file of C2SP's tlog-proof, of which nothing is verified. */
export interface TlogProof {
  readonly index: number;
  /** From the leaf's sibling up (RFC 6962, 2.1.1). */
  readonly hashes: readonly Uint8Array[];
  /** The signed note, as the log gave it. */
  readonly checkpoint: string;
}

/** An entry is in the log: where, in what tree, and who else saw that tree. */
export interface VerifiedEntry extends VerifiedCheckpoint {
  readonly index: number;
}

/**
 * Whether a proof shows that the entry with exactly these bytes is in the caller's log (tlog-proof, "Verifying a tlog
 * proof"). Throws a RangeError for a policy as `verifyCheckpoint` does, never because of the proof or the entry.
 */
export function verifyTlogProof(proof: string, entry: Uint8Array, policy: TrustPolicy): Verdict<VerifiedEntry> {
  return verifyTlogProofOfLeaf(proof, leafHash(entry), policy);
}

/** The same where only the entry's hash is known, 32 bytes: a promise has it. */
export function verifyTlogProofOfLeaf(proof: string, leaf: Uint8Array, policy: TrustPolicy): Verdict<VerifiedEntry> {
  return verdictOf<VerifiedEntry>(() => {
    const { index, hashes, checkpoint: note } = parseTlogProof(proof, 'proof');
    const verdict = verifyCheckpoint(note, policy);
    if (!verdict.holds) return verdict;
    const { size, root } = verdict.checkpoint;
    if (index >= size) return { holds: false, why: 'proof is of an index that the tree does not have' };
    if (!verifyInclusion({ leaf, index, size, root }, hashes)) {
      return { holds: false, why: 'proof does not lead from this entry at this index to the root of the checkpoint' };
    }
    return { ...verdict, index };
  });
}

/** Throws `MalformedTlogError` with the caller's field and the line's number, from 1 on. */
export function parseTlogProof(file: string, field: string): TlogProof {
  const text = noteText(file, field);
  const division = text.indexOf('\n\n');
  if (division < 0) throw new MalformedTlogError(field, 'must have an empty line before its checkpoint');
  const lines = text.slice(0, division).split('\n');
  const nameOf = (line: number): string => `${field} line ${line}`;
  if (lines[0] !== HEADER) throw new MalformedTlogError(nameOf(1), `must be ${HEADER}`);
  const hasExtra = lines[1]?.startsWith(EXTRA) ?? false;
  // Nothing vouches for it, but it must be what the format says.
  if (hasExtra) parseBase64((lines[1] ?? '').slice(EXTRA.length), nameOf(2));
  const indexAt = hasExtra ? 2 : 1;
  const indexLine = lines[indexAt] ?? '';
  if (!indexLine.startsWith(INDEX)) throw new MalformedTlogError(nameOf(indexAt + 1), 'must be the index of the entry');
  const hashLines = lines.slice(indexAt + 1);
  if (hashLines.length > MOST_HASHES) throw new MalformedTlogError(field, `must have at most ${MOST_HASHES} hashes`);
  return {
    index: parseDecimal(indexLine.slice(INDEX.length), nameOf(indexAt + 1)),
    hashes: hashLines.map((line, at) => parseHash(line, nameOf(indexAt + 2 + at))),
    checkpoint: text.slice(division + 2),
  };
}
