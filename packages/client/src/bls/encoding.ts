import { CURVE_B, Fp, Fp2, G1, G2, TWIST_B } from './curve.js';
import type { G1Point, G2Point } from './curve.js';
import { littleEndianBytes, littleEndianInteger } from './scalar.js';

/**
 * mcl's serialisation: x little-endian (in Fp2 the real part first), and in the top bit of the last byte whether y
 * (in Fp2 its real part) is odd. The identity is all zeros; x = 0 is on neither curve, so refusing what has no y
 * refuses it too.
 */
const ODD_Y = 0x80;

/** A signature, 32 bytes, as a point of G1. Throws a RangeError for what is no canonical encoding of one. */
export function decodeG1(bytes: Uint8Array): G1Point {
  try {
    const { x, odd } = coordinates(bytes, 1);
    const [x0 = -1n] = x;
    if (!Fp.isValid(x0)) throw new RangeError();
    const root = Fp.sqrt(Fp.add(Fp.mul(Fp.sqr(x0), x0), CURVE_B));
    const point = G1.fromAffine({ x: x0, y: isOdd(root) === odd ? root : Fp.neg(root) });
    point.assertValidity();
    return point;
  } catch {
    throw new RangeError('not the encoding of a signature');
  }
}

/** A public key, 64 bytes, as a point of G2, its order checked. Throws a RangeError as `decodeG1` does. */
export function decodeG2(bytes: Uint8Array): G2Point {
  try {
    const { x, odd } = coordinates(bytes, 2);
    const [c0 = -1n, c1 = -1n] = x;
    if (!Fp2.isValid({ c0, c1 })) throw new RangeError();
    const x0 = Fp2.create({ c0, c1 });
    const root = Fp2.sqrt(Fp2.add(Fp2.mul(Fp2.sqr(x0), x0), TWIST_B));
    const point = G2.fromAffine({ x: x0, y: isOdd(root.c0) === odd ? root : Fp2.neg(root) });
    point.assertValidity();
    return point;
  } catch {
    throw new RangeError('not the encoding of a public key');
  }
}

/** The 32 bytes of a point of G1 other than the identity. */
export function encodeG1(point: G1Point): Uint8Array {
  const { x, y } = point.toAffine();
  return encoded([x], isOdd(y));
}

/** The 64 bytes of a point of G2 other than the identity. */
export function encodeG2(point: G2Point): Uint8Array {
  const { x, y } = point.toAffine();
  return encoded([x.c0, x.c1], isOdd(y.c0));
}

function isOdd(element: bigint): boolean {
  return (element & 1n) === 1n;
}

function coordinates(bytes: Uint8Array, parts: 1 | 2): { readonly x: readonly bigint[]; readonly odd: boolean } {
  if (bytes.length !== 32 * parts) throw new RangeError();
  const unsigned = Uint8Array.from(bytes);
  const last = unsigned.length - 1;
  const odd = ((unsigned[last] ?? 0) & ODD_Y) !== 0;
  unsigned[last] = (unsigned[last] ?? 0) & ~ODD_Y;
  const x: bigint[] = [];
  for (let offset = 0; offset < unsigned.length; offset += 32) {
    x.push(littleEndianInteger(unsigned.subarray(offset, offset + 32)));
  }
  return { x, odd };
}

function encoded(x: readonly bigint[], odd: boolean): Uint8Array {
  const bytes = new Uint8Array(32 * x.length);
  for (const [index, part] of x.entries()) bytes.set(littleEndianBytes(part), 32 * index);
  const last = bytes.length - 1;
  if (odd) bytes[last] = (bytes[last] ?? 0) | ODD_Y;
  return bytes;
}
