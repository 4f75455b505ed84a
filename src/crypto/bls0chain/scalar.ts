import { MAX_MESSAGE_BYTES, SECRET_KEY_BYTES } from './bls-engine.js';
import { MalformedEncodingError } from './malformed-encoding-error.js';

/** r, the order of G1 and G2 (herumi/mcl, curve BN254). */
export const GROUP_ORDER = 0x2523648240000001ba344d8000000007ff9f800000000010a10000000000000dn;

const GROUP_ORDER_BYTES = littleEndianBytes(GROUP_ORDER);

/**
 * Whether 32 little-endian bytes are a secret key, an integer in [1, r). Looks at every byte whatever their values,
 * and makes no bigint or string of them, because those cannot be wiped.
 */
export function isSecretScalar(bytes: Uint8Array): boolean {
  if (bytes.length !== SECRET_KEY_BYTES) return false;
  let borrow = 0;
  let seen = 0;
  for (const [index, byte] of bytes.entries()) {
    borrow = byte - (GROUP_ORDER_BYTES[index] ?? 0) - borrow < 0 ? 1 : 0;
    seen |= byte;
  }
  return borrow === 1 && seen !== 0;
}

/** Throws {@link MalformedEncodingError} unless the bytes are a secret key. */
export function assertSecretScalar(bytes: Uint8Array, field: string): void {
  if (!isSecretScalar(bytes)) {
    throw new MalformedEncodingError(field, 'must be a little-endian integer from 1 to the group order minus 1');
  }
}

/** Whether the bytes may be signed: from 1 to 1,024 of them. */
export function isMessage(bytes: Uint8Array): boolean {
  return bytes.length >= 1 && bytes.length <= MAX_MESSAGE_BYTES;
}

/** Throws {@link MalformedEncodingError} unless the message has from 1 to 1,024 bytes. */
export function assertMessage(message: Uint8Array): void {
  if (!isMessage(message)) throw new MalformedEncodingError('message', `must be 1 to ${MAX_MESSAGE_BYTES} bytes`);
}

/** The integer that 32 little-endian bytes stand for, without a detour through text. */
export function littleEndianInteger(bytes: Uint8Array): bigint {
  const view = new DataView(bytes.buffer, bytes.byteOffset, 32);
  let integer = 0n;
  for (const offset of [24, 16, 8, 0]) integer = (integer << 64n) | view.getBigUint64(offset, true);
  return integer;
}

/** An integer in [0, 2^256) as 32 little-endian bytes. */
export function littleEndianBytes(integer: bigint): Uint8Array {
  const bytes = new Uint8Array(32);
  const view = new DataView(bytes.buffer);
  for (const offset of [0, 8, 16, 24]) {
    view.setBigUint64(offset, (integer >> BigInt(8 * offset)) & 0xffff_ffff_ffff_ffffn, true);
  }
  return bytes;
}
