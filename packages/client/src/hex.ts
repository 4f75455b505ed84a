import { sha3_256 } from '@noble/hashes/sha3.js';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';

/** Lower-case digits. */
export function toHex(bytes: Uint8Array): string {
  return bytesToHex(bytes);
}

/** Bytes from digits of either case. Throws a RangeError for anything else, without showing it: it may be a secret. */
export function fromHex(hex: string): Uint8Array {
  try {
    return hexToBytes(hex);
  } catch {
    throw new RangeError('must be an even number of hexadecimal digits');
  }
}

export function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** SHA3-256 of the text's bytes in UTF-8, as 64 digits: what 0Chain hashes everything with. */
export function sha3Hex(text: string): string {
  return toHex(sha3_256(utf8(text)));
}
