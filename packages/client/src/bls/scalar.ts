/** Bytes of a secret key: an unsigned little-endian integer in [1, r). */
export const SECRET_KEY_BYTES = 32;

/** r, the order of G1 and G2 (herumi/mcl, curve BN254). */
export const GROUP_ORDER = 0x2523648240000001ba344d8000000007ff9f800000000010a10000000000000dn;

/**
 * The secret key in 32 bytes. It becomes a bigint, which JavaScript can neither wipe nor keep constant-time: see the
 * README. Throws a RangeError unless it is in [1, r).
 */
export function secretScalar(bytes: Uint8Array): bigint {
  const scalar = bytes.length === SECRET_KEY_BYTES ? littleEndianInteger(bytes) : 0n;
  if (scalar === 0n || scalar >= GROUP_ORDER) {
    throw new RangeError('a secret key must be a little-endian integer from 1 to the group order minus 1');
  }
  return scalar;
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
