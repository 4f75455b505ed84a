import { Fp, Fp2, G2, TWIST_B } from '../../../src/crypto/noble/noble-curve.js';
import type { G2Point } from '../../../src/crypto/noble/noble-curve.js';
import { GROUP_ORDER, littleEndianBytes, littleEndianInteger } from '../../../src/crypto/bls0chain/scalar.js';

/** Sets the top bit of the last byte, where mcl keeps whether y is odd. */
export function withOtherSign(point: Uint8Array): Uint8Array {
  return point.map((byte, index) => (index === point.length - 1 ? byte ^ 0x80 : byte));
}

/** Replaces one 32-byte coordinate c by c + p, if that still fits below the sign bit. */
export function withUnreducedCoordinate(point: Uint8Array, coordinate: number): Uint8Array | undefined {
  const bytes = Uint8Array.from(point);
  const part = bytes.subarray(32 * coordinate, 32 * coordinate + 32);
  const encoded = littleEndianInteger(part);
  const isLast = coordinate === bytes.length / 32 - 1;
  const sign = isLast ? encoded & (1n << 255n) : 0n;
  const unreduced = encoded - sign + Fp.ORDER;
  if (unreduced >> 255n !== 0n) return undefined;
  part.set(littleEndianBytes(unreduced + sign));
  return bytes;
}

/** A point of the twist that is not in G2: its x is the smallest above `start` that has a y. */
export function outsideSubgroup(start: bigint): G2Point {
  for (let real = start; ; real++) {
    const x = Fp2.create({ c0: real, c1: 5n });
    try {
      const point = G2.fromAffine({ x, y: Fp2.sqrt(Fp2.add(Fp2.mul(Fp2.sqr(x), x), TWIST_B)) });
      if (!point.isTorsionFree()) return point;
    } catch {
      // This x has no y.
    }
  }
}

/** A point of order 13, the smallest prime in the twist's cofactor 2p − r. */
export function pointOfOrder13(): G2Point {
  const cofactor = 2n * Fp.ORDER - GROUP_ORDER;
  for (let start = 1n; ; start++) {
    const point = outsideSubgroup(1000n * start).multiplyUnsafe(cofactor / 13n);
    const timesGroupOrder = point.multiplyUnsafe(GROUP_ORDER - 1n).add(point);
    if (!timesGroupOrder.is0()) return timesGroupOrder;
  }
}
