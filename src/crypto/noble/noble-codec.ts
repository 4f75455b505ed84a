import { PUBLIC_KEY_BYTES, SIGNATURE_BYTES } from '../bls0chain/bls-engine.js';
import { CURVE_B, Fp, Fp2, G1, G2, TWIST_B } from './noble-curve.js';
import type { G1Point, G2Point } from './noble-curve.js';
import { malformedPublicKey, malformedSignature } from '../bls0chain/malformed-encoding-error.js';
import { littleEndianBytes, littleEndianInteger } from '../bls0chain/scalar.js';

/**
 * mcl's serialisation: x little-endian (in Fp2 the real part first), and in the top bit of the last byte whether y
 * (in Fp2 its real part) is odd. The identity is all zeros; x = 0 is on neither curve, so refusing what has no y
 * refuses it too.
 */
const ODD_Y = 0x80;

/** A signature as a point of G1. Throws `MalformedEncodingError` with `field`. */
export function decodeG1(bytes: Uint8Array, field: string): G1Point {
  if (bytes.length !== SIGNATURE_BYTES) throw malformedSignature(field);
  const {
    x: [x],
    odd,
  } = coordinates(bytes);
  try {
    if (x === undefined || !Fp.isValid(x)) throw malformedSignature(field);
    const root = Fp.sqrt(Fp.add(Fp.mul(Fp.sqr(x), x), CURVE_B));
    const y = isOdd(root) === odd ? root : Fp.neg(root);
    const point = G1.fromAffine({ x, y });
    point.assertValidity();
    return point;
  } catch {
    // noble's own messages may show coordinates.
    throw malformedSignature(field);
  }
}

/** How many public keys of before are still known. */
const MOST_KNOWN = 64;

/** By their bytes in hex. Points are never changed; checking the order of one costs as much as half a pairing. */
const knownKeys = new Map<string, G2Point>();

/** A public key as a point of G2, its order checked. Throws `MalformedEncodingError` with `field`. */
export function decodeG2(bytes: Uint8Array, field: string): G2Point {
  if (bytes.length !== PUBLIC_KEY_BYTES) throw malformedPublicKey(field);
  const name = Buffer.from(bytes).toString('hex');
  const known = knownKeys.get(name);
  if (known !== undefined) return known;
  const point = checkedG2(bytes, field);
  const [oldest] = knownKeys.keys();
  if (oldest !== undefined && knownKeys.size >= MOST_KNOWN) knownKeys.delete(oldest);
  knownKeys.set(name, point);
  return point;
}

function checkedG2(bytes: Uint8Array, field: string): G2Point {
  const {
    x: [c0, c1],
    odd,
  } = coordinates(bytes);
  try {
    if (c0 === undefined || c1 === undefined || !Fp2.isValid({ c0, c1 })) throw malformedPublicKey(field);
    const x = Fp2.create({ c0, c1 });
    const root = Fp2.sqrt(Fp2.add(Fp2.mul(Fp2.sqr(x), x), TWIST_B));
    const y = isOdd(root.c0) === odd ? root : Fp2.neg(root);
    const point = G2.fromAffine({ x, y });
    point.assertValidity();
    return point;
  } catch {
    throw malformedPublicKey(field);
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

function coordinates(bytes: Uint8Array): { x: bigint[]; odd: boolean } {
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

function encoded(x: bigint[], odd: boolean): Uint8Array {
  const bytes = new Uint8Array(32 * x.length);
  for (const [index, part] of x.entries()) bytes.set(littleEndianBytes(part), 32 * index);
  const last = bytes.length - 1;
  if (odd) bytes[last] = (bytes[last] ?? 0) | ODD_Y;
  return bytes;
}
