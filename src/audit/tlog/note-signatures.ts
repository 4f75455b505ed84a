import { sign, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { parseCheckpoint } from './checkpoint.js';
import type { NoteSignature } from './signed-note.js';
import { publicKeyObject, verifierKey } from './verifier-key.js';
import type { SignatureType, VerifierKey } from './verifier-key.js';

/** A private key under the name that its signatures bear. */
export interface NoteSigner {
  readonly key: VerifierKey;
  readonly privateKey: KeyObject;
}

const TIMESTAMP_BYTES = 8;

/** Throws as `verifierKey` does, and a TypeError unless the key is private. */
export function noteSigner(name: string, type: SignatureType, privateKey: KeyObject): NoteSigner {
  if (privateKey.type !== 'private') throw new TypeError('key must be a private key');
  return { key: verifierKey(name, type, privateKey), privateKey };
}

/**
 * The log's own signature of a note's text, its last newline included (signed-note, "Ed25519 signatures"). Throws a
 * RangeError if the signer is for cosignatures: one key must not sign both, by the id that readers go by.
 */
export function signNoteText(text: string, { key, privateKey }: NoteSigner): NoteSignature {
  assertSignsNotes(key);
  return { keyName: key.name, keyId: key.id, signature: sign(null, Buffer.from(text), privateKey) };
}

/**
 * As `signNoteText`, in a thread of Node's pool, for whoever has other things to do meanwhile. Rejects for what that throws
 * for, and with what the key says that cannot sign.
 */
export async function signNoteTextAside(text: string, { key, privateKey }: NoteSigner): Promise<NoteSignature> {
  assertSignsNotes(key);
  const signature = await new Promise<Buffer>((resolve, reject) => {
    sign(null, Buffer.from(text), privateKey, (error, made) => {
      if (error === null) resolve(made);
      else reject(error);
    });
  });
  return { keyName: key.name, keyId: key.id, signature };
}

/**
 * A cosignature of a checkpoint's text: that at this time, in seconds since 1970, it was the log's largest tree that the
 * signer had seen, and consistent with all before (tlog-cosignature, "Ed25519 signed message"). To have checked that is
 * the caller's duty. Throws `MalformedTlogError` if the text is no checkpoint, a RangeError if the time is no whole number
 * or the signer is not for cosignatures.
 */
export function cosignCheckpoint(text: string, signer: NoteSigner, timestampSeconds: number): NoteSignature {
  const { key, privateKey } = signer;
  if (key.type !== 'cosignature/v1') throw new RangeError('signer must be of the type cosignature/v1');
  if (!Number.isSafeInteger(timestampSeconds) || timestampSeconds < 0) {
    throw new RangeError('timestampSeconds must be a whole number of seconds');
  }
  parseCheckpoint(text, 'checkpoint');
  const timestamp = Buffer.alloc(TIMESTAMP_BYTES);
  timestamp.writeBigUInt64BE(BigInt(timestampSeconds));
  const signature = sign(null, cosignedMessage(text, timestampSeconds), privateKey);
  return { keyName: key.name, keyId: key.id, signature: Buffer.concat([timestamp, signature]) };
}

/** When a cosignature says it was made, in seconds since 1970, or undefined: of no type with a time, or past 2^53 - 1. */
export function timestampOf({ signature }: NoteSignature, { type }: VerifierKey): number | undefined {
  if (type !== 'cosignature/v1' || signature.length < TIMESTAMP_BYTES) return undefined;
  const seconds = Number(signature.readBigUInt64BE());
  return Number.isSafeInteger(seconds) ? seconds : undefined;
}

/**
 * Whether `signature` is one of the text by this key, in the way of the key's type. Whether its name and id are the
 * key's is not looked at (`verifyNote` does). False for everything else; it never throws.
 */
export function verifySignature(text: string, signature: NoteSignature, key: VerifierKey): boolean {
  if (key.type === 'ed25519') return verifyEd25519(Buffer.from(text), signature.signature, key);
  const timestamp = timestampOf(signature, key);
  return (
    timestamp !== undefined &&
    verifyEd25519(cosignedMessage(text, timestamp), signature.signature.subarray(TIMESTAMP_BYTES), key)
  );
}

function assertSignsNotes({ type }: VerifierKey): void {
  if (type !== 'ed25519') throw new RangeError('signer must be of the type ed25519');
}

function verifyEd25519(message: Buffer, signature: Buffer, key: VerifierKey): boolean {
  return verify(null, message, publicKeyObject(key), signature);
}

function cosignedMessage(text: string, timestampSeconds: number): Buffer {
  return Buffer.from(`cosignature/v1\ntime ${timestampSeconds}\n${text}`);
}
