import { sha256 } from '@noble/hashes/sha2.js';

import { CURVE_B, Fp, G1 } from './curve.js';
import type { G1Point } from './curve.js';
import { littleEndianInteger } from './scalar.js';

const SQRT_MINUS_3 = Fp.sqrt(Fp.create(-3n));
const HALF_OF_SQRT_MINUS_3_LESS_1 = Fp.div(Fp.sub(SQRT_MINUS_3, 1n), 2n);

/**
 * mcl's hash to G1 for BN254. SHA-256 read as a little-endian integer and cut to 254 bits, to 253 if that is still
 * ≥ p; then the map of Fouque and Tibouchi, "Indifferentiable Hashing to Barreto–Naehrig Curves" (LATINCRYPT
 * 2012), in the order of mcl's map_impl: the first of three candidates for x that has a y, with the sign of y from
 * the quadratic character of t. Not constant-time; messages are public.
 *
 * Throws for the three t without an image, 0 and ±√−3; nobody knows a message that leads to one.
 */
export function hashToG1(message: Uint8Array): G1Point {
  const t = fieldElement(sha256(message));
  const denominator = Fp.add(Fp.sqr(t), CURVE_B + 1n);
  if (Fp.is0(t) || Fp.is0(denominator)) throw new Error('the message has no image in G1');
  const w = Fp.div(Fp.mul(SQRT_MINUS_3, t), denominator);

  const x1 = Fp.sub(HALF_OF_SQRT_MINUS_3_LESS_1, Fp.mul(t, w));
  const x2 = Fp.sub(Fp.neg(x1), 1n);
  const x3 = Fp.add(Fp.inv(Fp.sqr(w)), 1n);
  for (const x of [x1, x2, x3]) {
    const ySquared = Fp.add(Fp.mul(Fp.sqr(x), x), CURVE_B);
    if (!isSquare(ySquared)) continue;
    const y = Fp.sqrt(ySquared);
    return G1.fromAffine({ x, y: isSquare(t) ? y : Fp.neg(y) });
  }
  throw new Error('the message has no image in G1');
}

function fieldElement(digest: Uint8Array): bigint {
  const integer = BigInt.asUintN(254, littleEndianInteger(digest));
  return integer < Fp.ORDER ? integer : BigInt.asUintN(253, integer);
}

/** Euler's criterion: zero counts as a square. */
function isSquare(element: bigint): boolean {
  const character = Fp.pow(element, (Fp.ORDER - 1n) / 2n);
  return Fp.is0(character) || Fp.eql(character, Fp.ONE);
}
