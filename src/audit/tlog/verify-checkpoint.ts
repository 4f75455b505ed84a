import { parseCheckpoint } from './checkpoint.js';
import type { ReadCheckpoint } from './checkpoint.js';
import type { VerifierKey } from './verifier-key.js';
import { verdictOf, verifyNote } from './verify-note.js';
import type { Verdict } from './verify-note.js';

/** Whom the verifier trusts. It is for the caller to say, never for the file that is verified. */
export interface TrustPolicy {
  /** Keys of the log, of the type ed25519: one of them must have signed. Several while they change. */
  readonly log: readonly VerifierKey[];
  /** The log that is asked about. By default what the log's keys are named. */
  readonly origin?: string;
  /** Keys of witnesses, of the type cosignature/v1. */
  readonly witnesses?: readonly VerifierKey[];
  /** How many of the witnesses must have cosigned. By default none. */
  readonly quorum?: number;
}

/** A witness that has seen the checkpoint, and when, as it says. */
export interface Cosignature {
  readonly name: string;
  readonly timestampSeconds: number;
}

export interface VerifiedCheckpoint {
  readonly checkpoint: ReadCheckpoint;
  readonly cosignatures: readonly Cosignature[];
}

/**
 * Whether a signed checkpoint is the log's and as many witnesses cosigned it as the caller demands (tlog-proof,
 * "Verifying a tlog proof", steps 2 and 3). A bad signature of any key of the policy refuses it. Witnesses are counted by
 * their public keys, since a cosignature says nothing of its signer's name. Throws a RangeError for a policy that nothing
 * could meet or that is of the wrong types, never because of the note.
 */
export function verifyCheckpoint(note: string | Uint8Array, policy: TrustPolicy): Verdict<VerifiedCheckpoint> {
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

    const cosignatures = new Map<string, Cosignature>();
    for (const { key, timestampSeconds } of verdict.signatures) {
      const { name, publicKey } = key;
      const signer = publicKey.toString('hex');
      if (timestampSeconds !== undefined && !cosignatures.has(signer))
        cosignatures.set(signer, { name, timestampSeconds });
    }
    if (cosignatures.size < quorum) {
      return {
        holds: false,
        why: `checkpoint has ${cosignatures.size} cosignatures of known witnesses, not ${quorum}`,
      };
    }
    return { holds: true, checkpoint, cosignatures: [...cosignatures.values()] };
  });
}

function assertPolicy({ log, witnesses = [], quorum = 0 }: TrustPolicy): void {
  if (log.length === 0 || log.some(({ type }) => type !== 'ed25519')) {
    throw new RangeError('log must be keys of the type ed25519, at least one');
  }
  if (witnesses.some(({ type }) => type !== 'cosignature/v1')) {
    throw new RangeError('witnesses must be keys of the type cosignature/v1');
  }
  const distinct = new Set(witnesses.map(({ publicKey }) => publicKey.toString('hex'))).size;
  if (!Number.isSafeInteger(quorum) || quorum < 0 || quorum > distinct) {
    throw new RangeError('quorum must be a number of the witnesses');
  }
}
