import { SealedValueError } from './sealed-value-error.js';

/**
 * The bytes of an envelope, in this order:
 *
 *     1   format, always 1
 *     8   key id: which domain key sealed it
 *     12  nonce
 *     n   ciphertext, as long as the plaintext (so the length is not hidden)
 *     16  AES-GCM tag
 *
 * A format, and not what is called envelope encryption: no data key is wrapped in it.
 */
export const ENVELOPE_FORMAT = 1;
export const KEY_ID_BYTES = 8;
export const NONCE_BYTES = 12;
export const TAG_BYTES = 16;
const HEADER_BYTES = 1 + KEY_ID_BYTES;
const CIPHERTEXT_OFFSET = HEADER_BYTES + NONCE_BYTES;

export interface EnvelopeParts {
  readonly keyId: Uint8Array;
  readonly nonce: Uint8Array;
  readonly ciphertext: Uint8Array;
  readonly tag: Uint8Array;
}

/** Format and key id: authenticated together with the place, because GCM covers neither by itself. */
export function envelopeHeader(keyId: Uint8Array): Uint8Array {
  return Buffer.concat([Uint8Array.of(ENVELOPE_FORMAT), keyId]);
}

/** The parts in one array of its own. Lengths are the caller's promise: 8, 12, any, 16. */
export function encodeEnvelope(parts: EnvelopeParts): Uint8Array {
  const { nonce, ciphertext, tag } = parts;
  const envelope = new Uint8Array(CIPHERTEXT_OFFSET + ciphertext.length + TAG_BYTES);
  envelope.set(envelopeHeader(parts.keyId));
  envelope.set(nonce, HEADER_BYTES);
  envelope.set(ciphertext, CIPHERTEXT_OFFSET);
  envelope.set(tag, CIPHERTEXT_OFFSET + ciphertext.length);
  return envelope;
}

/** Views into `envelope`, no copies. Throws {@link SealedValueError} when it is too short or of another format. */
export function decodeEnvelope(envelope: Uint8Array): EnvelopeParts {
  const tagOffset = envelope.length - TAG_BYTES;
  if (tagOffset < CIPHERTEXT_OFFSET || envelope[0] !== ENVELOPE_FORMAT) throw new SealedValueError();
  return {
    keyId: envelope.subarray(1, HEADER_BYTES),
    nonce: envelope.subarray(HEADER_BYTES, CIPHERTEXT_OFFSET),
    ciphertext: envelope.subarray(CIPHERTEXT_OFFSET, tagOffset),
    tag: envelope.subarray(tagOffset),
  };
}
