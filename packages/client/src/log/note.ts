import { ed25519 } from '@noble/curves/ed25519.js';
import { utf8 } from '../hex.js';
import { equalBytes } from './hashes.js';
import { MalformedTlogError } from './malformed-tlog-error.js';
import { parseNote } from './signed-note.js';
import { keyIdHex } from './verifier-key.js';
import type { VerifierKey } from './verifier-key.js';

const TIMESTAMP_BYTES = 8;

/** What holds, or why not: a sentence without a value of the file that was verified. */
export type Verdict<T> = (T & { readonly holds: true }) | { readonly holds: false; readonly why: string };

/** Who signed; of a cosignature alone also when, as the signer says. */
export interface VerifiedSignature {
  readonly key: VerifierKey;
  readonly timestampSeconds?: number;
}

export interface VerifiedNote {
  readonly text: string;
  /** Of the known keys, each once, in the order of the note. At least one. */
  readonly signatures: readonly VerifiedSignature[];
}

/**
 * Whether a note is signed by one of the keys that the caller knows (signed-note, "Signatures"). Lines of other keys are
 * ignored. One line of a known key that does not verify refuses the note, whoever else signed it; and so do two known
 * keys of one name and id. Never throws.
 */
export function verifyNote(note: string, known: readonly VerifierKey[]): Verdict<VerifiedNote> {
  return verdictOf<VerifiedNote>(() => {
    const { text, signatures } = parseNote(note, 'note');
    const verified = new Map<VerifierKey, VerifiedSignature>();
    for (const { keyName, keyId, signature } of signatures) {
      const keys = known.filter(({ name, id }) => name === keyName && id === keyId);
      const [key] = keys;
      if (key === undefined) continue;
      if (keys.some((other) => !isSameKey(other, key))) return refused(key, 'could be of two known keys');
      const verdict = verifySignature(text, signature, key);
      if (verdict === undefined) return refused(key, 'is not of this text');
      if (!verified.has(key)) verified.set(key, verdict);
    }
    if (verified.size === 0) return { holds: false, why: 'note is not signed by a known key' };
    return { holds: true, text, signatures: [...verified.values()] };
  });
}

/** Turns what a parser throws of malformed input into a refusal. */
export function verdictOf<T>(verify: () => Verdict<T>): Verdict<T> {
  try {
    return verify();
  } catch (error) {
    if (error instanceof MalformedTlogError) return { holds: false, why: error.message };
    throw error;
  }
}

function verifySignature(text: string, signature: Uint8Array, key: VerifierKey): VerifiedSignature | undefined {
  if (key.type === 'ed25519') return isSigned(utf8(text), signature, key) ? { key } : undefined;
  if (signature.length < TIMESTAMP_BYTES) return undefined;
  const seconds = Number(new DataView(signature.buffer, signature.byteOffset, TIMESTAMP_BYTES).getBigUint64(0));
  if (!Number.isSafeInteger(seconds)) return undefined;
  const cosigned = utf8(`cosignature/v1\ntime ${seconds}\n${text}`);
  return isSigned(cosigned, signature.subarray(TIMESTAMP_BYTES), key) ? { key, timestampSeconds: seconds } : undefined;
}

function isSigned(message: Uint8Array, signature: Uint8Array, { publicKey }: VerifierKey): boolean {
  try {
    // Strictly as RFC 8032 has it, as the service's own verifier and Go's do.
    return ed25519.verify(signature, message, publicKey, { zip215: false });
  } catch {
    return false;
  }
}

function refused(key: VerifierKey, what: string): { readonly holds: false; readonly why: string } {
  return { holds: false, why: `signature of ${key.name}+${keyIdHex(key.id)} ${what}` };
}

function isSameKey(one: VerifierKey, other: VerifierKey): boolean {
  return one.type === other.type && equalBytes(one.publicKey, other.publicKey);
}
