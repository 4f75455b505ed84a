import { leafHash } from '../tlog/hashes.js';
import type { VerifierKey } from '../tlog/verifier-key.js';
import { verdictOf, verifyNote } from '../tlog/verify-note.js';
import type { Verdict } from '../tlog/verify-note.js';
import { verifyInclusion } from '../tlog/verify-proof.js';
import { parsePromise } from './entry-promise.js';
import { deadlineMilliseconds, parsePromiseText, promiseKeyName } from './promise-terms.js';

/** Whom the verifier trusts. It is for the caller to say, never for the promise. */
export interface PromiseTrust {
  /** Keys that promise for logs, of the type ed25519; several while they change. */
  readonly keys: readonly VerifierKey[];
  /** The log that is asked about. By default the one for which the key that signed is named. */
  readonly origin?: string;
}

/** What was promised of the entry, and by whom. */
export interface VerifiedPromise {
  readonly origin: string;
  /** When, as the log says, since 1970. */
  readonly atMilliseconds: number;
  /** For the caller to look at: of a promise for the far future nobody will see whether it is kept. */
  readonly mergeDelaySeconds: number;
  /** By when the log will have the entry, this millisecond included. */
  readonly deadlineMilliseconds: number;
  /** Of the entry, which is to look for in the log. 32 bytes. */
  readonly leaf: Buffer;
  readonly key: VerifierKey;
}

/**
 * Whether the header promises the entry with exactly these bytes. Throws a RangeError if the trust has no key or one of
 * another type, never because of the header or the entry.
 */
export function verifyPromise(header: string, entry: Uint8Array, trust: PromiseTrust): Verdict<VerifiedPromise> {
  const verdict = verifyPromiseAlone(header, trust);
  if (!verdict.holds || verdict.leaf.equals(leafHash(entry))) return verdict;
  return { holds: false, why: 'promise line 2 is the hash of another entry' };
}

/**
 * As `verifyPromise`, for who was not given the entry: `leaf` of the verdict is what the log must have. That it is the
 * hash of the entry that they wanted, only the entry shows.
 */
export function verifyPromiseAlone(header: string, trust: PromiseTrust): Verdict<VerifiedPromise> {
  if (trust.keys.length === 0 || trust.keys.some(({ type }) => type !== 'ed25519')) {
    throw new RangeError('keys must be of the type ed25519, at least one');
  }
  return verdictOf<VerifiedPromise>(() => {
    const { index, leaf, hashes, note } = parsePromise(header, 'promise');
    const verdict = verifyNote(note, trust.keys);
    if (!verdict.holds) return verdict;
    const terms = parsePromiseText(verdict.text, 'promise note');
    const { origin, groupSize: size, root, atMilliseconds, mergeDelaySeconds } = terms;
    const key = verdict.signatures.find((signature) => signature.key.name === promiseKeyName(origin))?.key;
    if (key === undefined || (trust.origin !== undefined && trust.origin !== origin)) {
      return { holds: false, why: 'promise note line 2 is the origin of another log' };
    }
    if (!verifyInclusion({ leaf, index, size, root }, hashes)) {
      return { holds: false, why: 'promise does not lead from its leaf at its index to the root of its group' };
    }
    const deadline = deadlineMilliseconds(terms);
    return { holds: true, origin, atMilliseconds, mergeDelaySeconds, deadlineMilliseconds: deadline, leaf, key };
  });
}
