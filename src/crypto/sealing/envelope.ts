import { SealedValueError } from './sealed-value-error.js';

/**
 * The bytes of an envelope, in this order:
 *
 *     1   format, 3
 *     8   id of the data key
 *     4   its epoch, big-endian
 *     12  nonce
 *     n   ciphertext, as long as the plaintext (so the length is not hidden)
 *     16  AES-GCM tag
 *
 * Format 2 is the same, authenticated with less of the place; format 1 has no epoch either. Earlier releases sealed in
 * them: they are read and never written.
 *
 * A format, and not what is called envelope encryption: no data key is wrapped in it.
 */
export type EnvelopeFormat = 1 | 2 | 3;

export const ENVELOPE_FORMAT = 3 satisfies EnvelopeFormat;

export const KEY_ID_BYTES = 8;
export const NONCE_BYTES = 12;
export const TAG_BYTES = 16;
const EPOCH_BYTES = 4;
const EPOCH_OFFSET = 1 + KEY_ID_BYTES;
const HEADER_BYTES = { 1: EPOCH_OFFSET, 2: EPOCH_OFFSET + EPOCH_BYTES, 3: EPOCH_OFFSET + EPOCH_BYTES } as const;

export interface EnvelopeParts {
  /** Format, id and epoch: authenticated together with the place, because GCM covers none of them by itself. */
  readonly header: Uint8Array;
  readonly nonce: Uint8Array;
  readonly ciphertext: Uint8Array;
  readonly tag: Uint8Array;
}

/** What the header says. */
export interface ReadEnvelope extends EnvelopeParts {
  readonly format: EnvelopeFormat;
  readonly keyId: Uint8Array;
  /** 0 in format 1. */
  readonly epoch: number;
}

/** @param key of an id of 8 bytes, and an epoch from 0 to 2^32 - 1 */
export function envelopeHeader({ id, epoch }: { readonly id: Uint8Array; readonly epoch: number }): Uint8Array {
  const header = Buffer.alloc(HEADER_BYTES[ENVELOPE_FORMAT]);
  header[0] = ENVELOPE_FORMAT;
  header.set(id, 1);
  header.writeUInt32BE(epoch, EPOCH_OFFSET);
  return header;
}

/** The parts in one array of its own. Lengths are the caller's promise: a header of `envelopeHeader`, 12, any, 16. */
export function encodeEnvelope({ header, nonce, ciphertext, tag }: EnvelopeParts): Uint8Array {
  const envelope = new Uint8Array(header.length + NONCE_BYTES + ciphertext.length + TAG_BYTES);
  envelope.set(header);
  envelope.set(nonce, header.length);
  envelope.set(ciphertext, header.length + NONCE_BYTES);
  envelope.set(tag, header.length + NONCE_BYTES + ciphertext.length);
  return envelope;
}

/** Views into `envelope`, no copies. Throws {@link SealedValueError} when it is too short or of another format. */
export function decodeEnvelope(envelope: Uint8Array): ReadEnvelope {
  const format = envelope[0];
  if (format !== 1 && format !== 2 && format !== 3) throw new SealedValueError();
  const nonceOffset = HEADER_BYTES[format];
  const ciphertextOffset = nonceOffset + NONCE_BYTES;
  const tagOffset = envelope.length - TAG_BYTES;
  if (tagOffset < ciphertextOffset) throw new SealedValueError();
  return {
    format,
    keyId: envelope.subarray(1, EPOCH_OFFSET),
    epoch: format === 1 ? 0 : new DataView(envelope.buffer, envelope.byteOffset).getUint32(EPOCH_OFFSET),
    header: envelope.subarray(0, nonceOffset),
    nonce: envelope.subarray(nonceOffset, ciphertextOffset),
    ciphertext: envelope.subarray(ciphertextOffset, tagOffset),
    tag: envelope.subarray(tagOffset),
  };
}
