import { MalformedTlogError } from './malformed-tlog-error.js';
import { timestampOf, verifySignature } from './note-signatures.js';
import type { NoteSignature } from './signed-note.js';
import { parseNote } from './signed-note.js';
import { keyIdHex } from './verifier-key.js';
import type { VerifierKey } from './verifier-key.js';

/** Who signed. */
export interface VerifiedSignature {
  readonly key: VerifierKey;
  /** Of a cosignature alone: when, as the signer says. */
  readonly timestampSeconds?: number;
}

/** What holds, or why not: a sentence without a value of the file that was verified. */
export type Verdict<T> = (T & { readonly holds: true }) | { readonly holds: false; readonly why: string };

export interface VerifiedNote {
  readonly text: string;
  /** Of the known keys, each once, in the order of the note. At least one. */
  readonly signatures: readonly VerifiedSignature[];
}

/**
 * Whether a note is signed by one of the keys that the caller knows (signed-note, "Signatures"). Lines of other keys are
 * ignored. One line of a known key that does not verify refuses the note, whoever else signed it, and so does a second
 * line of the same key. Two known keys of one name and id refuse it too: nobody could say whose the signature is.
 * Whether the text is a checkpoint, and of which log, is for `verifyCheckpoint` to say. Never throws.
 */
export function verifyNote(note: string | Uint8Array, known: readonly VerifierKey[]): Verdict<VerifiedNote> {
  return verdictOf<VerifiedNote>(() => {
    const { text, signatures } = parseNote(note, 'note');
    const verified = new Map<VerifierKey, VerifiedSignature>();
    for (const signature of signatures) {
      const keys = known.filter((key) => key.name === signature.keyName && key.id === signature.keyId);
      const [key] = keys;
      if (key === undefined) continue;
      if (keys.some((other) => !isSameKey(other, key))) return refused(key, 'could be of two known keys');
      if (!verifySignature(text, signature, key)) return refused(key, 'is not of this text');
      if (!verified.has(key)) verified.set(key, verifiedSignature(signature, key));
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

// The key is one that the caller gave, so its name can be told.
function refused(key: VerifierKey, what: string): { readonly holds: false; readonly why: string } {
  return { holds: false, why: `signature of ${key.name}+${keyIdHex(key.id)} ${what}` };
}

function isSameKey(one: VerifierKey, other: VerifierKey): boolean {
  return one.type === other.type && one.publicKey.equals(other.publicKey);
}

function verifiedSignature(signature: NoteSignature, key: VerifierKey): VerifiedSignature {
  const timestampSeconds = timestampOf(signature, key);
  return timestampSeconds === undefined ? { key } : { key, timestampSeconds };
}
