import { toHex } from '../hex.js';
import { noteText, parseDecimal, parseHash } from './canonical-text.js';
import { MalformedTlogError } from './malformed-tlog-error.js';
import { verdictOf, verifyNote } from './note.js';
import type { Verdict } from './note.js';
import type { VerifierKey } from './verifier-key.js';

/** What a log says of itself at one time: how many entries it has and what their tree's root is. */
export interface Checkpoint {
  readonly origin: string;
  readonly size: number;
  /** Of the tree of RFC 6962 of that size. 32 bytes. */
  readonly root: Uint8Array;
  /** What follows the three lines: signed with the rest, and without a meaning here. */
  readonly extensionLines: readonly string[];
}

/** Whom the verifier trusts. It is for the caller to say, never for the file that is verified. */
export interface TrustPolicy {
  /** Keys of the log, of the type ed25519: one of them must have signed. Several while they change. */
  readonly log: readonly VerifierKey[];
  /** The log that is asked about. By default what the log's keys are named. */
  readonly origin?: string;
  /** Keys of witnesses, of the type cosignature/v1; the log's own of the times is one. */
  readonly witnesses?: readonly VerifierKey[];
  /** How many of the witnesses must have cosigned. By default none. */
  readonly quorum?: number;
}

export interface VerifiedCheckpoint {
  readonly checkpoint: Checkpoint;
  /** Who has seen it, and when, as they say. */
  readonly cosignatures: readonly { readonly name: string; readonly timestampSeconds: number }[];
}

/**
 * Whether a signed checkpoint is the log's and as many witnesses cosigned it as demanded (tlog-proof, "Verifying a tlog
 * proof", steps 2 and 3). Witnesses are counted by their public keys. Throws a RangeError for a policy of the wrong
 * types or that nothing could meet, never because of the note.
 */
export function verifyCheckpoint(note: string, policy: TrustPolicy): Verdict<VerifiedCheckpoint> {
  assertPolicy(policy);
  const { log, origin, witnesses = [], quorum = 0 } = policy;
  const verdict = verifyNote(note, [...log, ...witnesses]);
  if (!verdict.holds) return verdict;
  return verdictOf<VerifiedCheckpoint>(() => {
    const checkpoint = parseCheckpoint(verdict.text, 'checkpoint');
    const signers = log.filter((key) => verdict.signatures.some((signature) => signature.key === key));
    if (signers.length === 0) return { holds: false, why: 'checkpoint is not signed by the log' };
    const isOfTheLog =
      origin === undefined ? signers.some(({ name }) => name === checkpoint.origin) : origin === checkpoint.origin;
    if (!isOfTheLog) return { holds: false, why: 'checkpoint line 1 is the origin of another log' };
    const cosignatures = new Map<string, { name: string; timestampSeconds: number }>();
    for (const { key, timestampSeconds } of verdict.signatures) {
      const signer = toHex(key.publicKey);
      if (timestampSeconds === undefined || cosignatures.has(signer)) continue;
      cosignatures.set(signer, { name: key.name, timestampSeconds });
    }
    if (cosignatures.size < quorum) {
      const why = `checkpoint has ${cosignatures.size} cosignatures of known witnesses, not ${quorum}`;
      return { holds: false, why };
    }
    return { holds: true, checkpoint, cosignatures: [...cosignatures.values()] };
  });
}

/** What the text of a note says (tlog-checkpoint, "Note text"). Throws `MalformedTlogError` with field and line. */
export function parseCheckpoint(text: string, field: string): Checkpoint {
  noteText(text, field);
  if (!text.endsWith('\n')) throw new MalformedTlogError(field, 'must end in a newline');
  const [origin = '', size = '', root = '', ...extensionLines] = text.slice(0, -1).split('\n');
  if (origin === '') throw new MalformedTlogError(`${field} line 1`, 'must be an origin');
  const empty = extensionLines.indexOf('');
  const parsed = {
    origin,
    size: parseDecimal(size, `${field} line 2`),
    root: parseHash(root, `${field} line 3`),
    extensionLines,
  };
  if (empty >= 0) throw new MalformedTlogError(`${field} line ${4 + empty}`, 'must not be empty');
  return parsed;
}

function assertPolicy({ log, witnesses = [], quorum = 0 }: TrustPolicy): void {
  if (log.length === 0 || log.some(({ type }) => type !== 'ed25519')) {
    throw new RangeError('log must be keys of the type ed25519, at least one');
  }
  if (witnesses.some(({ type }) => type !== 'cosignature/v1')) {
    throw new RangeError('witnesses must be keys of the type cosignature/v1');
  }
  const distinct = new Set(witnesses.map(({ publicKey }) => toHex(publicKey))).size;
  if (!Number.isSafeInteger(quorum) || quorum < 0 || quorum > distinct) {
    throw new RangeError('quorum must be a number of the witnesses');
  }
}
