import type { PublicKeyHex } from '../key-names.js';
import { SecretBytes } from '../secret-bytes.js';
import { HASH_BYTES, MAX_MESSAGE_BYTES, PUBLIC_KEY_BYTES, SECRET_KEY_BYTES, SIGNATURE_BYTES } from './bls-engine.js';
import type { BlsEngine } from './bls-engine.js';
import { MalformedEncodingError } from './malformed-encoding-error.js';
import { assertSecretScalar } from './scalar.js';

const DIGITS = /^[0-9a-fA-F]*$/;

/**
 * Hexadecimal text, as it comes over the wire, to checked bytes and back. Either letter case in, lower case out.
 * Every decoder throws `MalformedEncodingError` with the caller's field name, for the reasons listed at `BlsEngine`
 * and for text that is not exactly the right number of hexadecimal digits (so `0x`, spaces and non-ASCII digits
 * are refused). What is returned needs no second check.
 */

/** A secret key of 64 digits, little-endian, in [1, r). The text itself cannot be wiped; do not keep it. */
export function decodeSecretKey(hex: string, field: string): SecretBytes {
  const bytes = decodeDigits(hex, SECRET_KEY_BYTES, field);
  try {
    assertSecretScalar(bytes, field);
  } catch (error) {
    bytes.fill(0);
    throw error;
  }
  return new SecretBytes(bytes);
}

/** A public key of 128 digits: 64 bytes, of which nothing is known yet. */
export function decodePublicKeyBytes(hex: string, field: string): Uint8Array {
  return decodeDigits(hex, PUBLIC_KEY_BYTES, field);
}

/** A public key of 128 digits: 64 bytes that `engine` accepts. */
export function decodePublicKey(engine: BlsEngine, hex: string, field: string): Uint8Array {
  const bytes = decodePublicKeyBytes(hex, field);
  engine.assertPublicKey(bytes, field);
  return bytes;
}

/** A signature of 64 digits: 32 bytes that `engine` accepts as a point, which is not yet a valid signature. */
export function decodeSignature(engine: BlsEngine, hex: string, field: string): Uint8Array {
  const bytes = decodeDigits(hex, SIGNATURE_BYTES, field);
  engine.assertSignature(bytes, field);
  return bytes;
}

/** The 32 bytes of a signature of 64 digits, of which nobody has checked yet that they are a point. */
export function decodeSignatureBytes(hex: string, field: string): Uint8Array {
  return decodeDigits(hex, SIGNATURE_BYTES, field);
}

/** A transaction's hash of 64 digits: 32 bytes. Any value is fine. */
export function decodeHash(hex: string, field: string): Uint8Array {
  return decodeDigits(hex, HASH_BYTES, field);
}

/** What the text of a message must be. */
export const MESSAGE_FORM = `must be 2 to ${2 * MAX_MESSAGE_BYTES} hexadecimal characters, an even number of them`;

/** A message, whatever it is: a whole number of bytes from 1 to 1,024, two digits each. Any value is fine. */
export function decodeMessage(hex: string, field: string): Uint8Array {
  const size = hex.length / 2;
  if (!Number.isInteger(size) || size < 1 || size > MAX_MESSAGE_BYTES || !DIGITS.test(hex)) {
    throw new MalformedEncodingError(field, MESSAGE_FORM);
  }
  return bytesOfDigits(hex, size);
}

/** 64 lower-case digits. A string cannot be wiped, so make it only for the response that must contain it. */
export function encodeSecretKey(secret: SecretBytes): string {
  return encodeHex(secret.expose());
}

/** A public key as 128 lower-case digits. */
export function encodePublicKey(publicKey: Uint8Array): PublicKeyHex {
  return encodeHex(publicKey) as PublicKeyHex;
}

/** A signature as 64 lower-case digits. */
export function encodeSignature(signature: Uint8Array): string {
  return encodeHex(signature);
}

/** Public bytes as lower-case digits. */
export function encodeHex(bytes: Uint8Array): string {
  // A view, not a copy: Buffer's pool would keep copies of small arrays.
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex');
}

function decodeDigits(hex: unknown, size: number, field: string): Uint8Array {
  if (typeof hex !== 'string' || hex.length !== 2 * size || !DIGITS.test(hex)) {
    throw new MalformedEncodingError(field, `must be ${2 * size} hexadecimal characters`);
  }
  return bytesOfDigits(hex, size);
}

/** In an array of its own: Buffer's pool would keep a secret among other things. */
function bytesOfDigits(hex: string, size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  Buffer.from(bytes.buffer).write(hex, 'hex');
  return bytes;
}
