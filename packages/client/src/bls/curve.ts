import { blsBasic } from '@noble/curves/abstract/bls.js';
import type { BlsPostPrecomputeFn } from '@noble/curves/abstract/bls.js';
import { Field } from '@noble/curves/abstract/modular.js';
import { psiFrobenius, tower12 } from '@noble/curves/abstract/tower.js';
import type { Fp12, Fp2 as Fp2Element } from '@noble/curves/abstract/tower.js';
import { weierstrass } from '@noble/curves/abstract/weierstrass.js';
import type { WeierstrassPoint } from '@noble/curves/abstract/weierstrass.js';

import { GROUP_ORDER } from './scalar.js';

/**
 * CurveFp254BNb from noble's builders: a Barreto–Naehrig curve with z = −(2^62 + 2^55 + 1), y² = x³ + 2 over Fp and
 * the divisive twist y² = x³ + (1 − i) over Fp2 = Fp[i]/(i² + 1), sextic non-residue ξ = 1 + i. Parameters: Beuchat
 * et al., "High-Speed Software Implementation of the Optimal Ate Pairing over Barreto–Naehrig Curves" (Pairing
 * 2010), and herumi/mcl. Only parameters and two formulas that noble asks its caller for are ours.
 */
const Z_ABSOLUTE = 2n ** 62n + 2n ** 55n + 1n;
const FIELD_ORDER = 0x2523648240000001ba344d80000000086121000000000013a700000000000013n;

/**
 * f^(2z(6z² + 3z + 1)(p¹² − 1)/r): the easy part, then the hard part of Fuentes-Castañeda, Knapp and
 * Rodríguez-Henríquez, "Faster Hashing to G2" (SAC 2011), as powers λ0 + λ1·p + λ2·p² + λ3·p³ with
 * λ2 = 12z³ + 6z² + 6z, λ1 = λ2 − 2z, λ0 = λ2 + 6z² + 1, λ3 = λ1 − 1.
 */
function finalExponentiation(element: Fp12): Fp12 {
  const { Fp12: F } = tower;
  // z is negative, and in the cyclotomic subgroup the conjugate is the inverse.
  const powerOfZ = (base: Fp12): Fp12 => F.conjugate(F._cyclotomicExp(base, Z_ABSOLUTE));
  const unit = F.mul(F.conjugate(element), F.inv(element));
  const f = F.mul(F.frobeniusMap(unit, 2), unit);

  const f2z = F._cyclotomicSquare(powerOfZ(f));
  const f6z = F.mul(f2z, F._cyclotomicSquare(f2z));
  const f6zz = powerOfZ(f6z);
  const f12zzz = F._cyclotomicSquare(powerOfZ(f6zz));
  const lambda2 = F.mul(F.mul(f12zzz, f6zz), f6z);
  const lambda1 = F.mul(lambda2, F.conjugate(f2z));
  const lambda0 = F.mul(F.mul(lambda2, f6zz), f);
  const lambda3 = F.mul(lambda1, F.conjugate(f));
  return F.mul(
    F.mul(lambda0, F.frobeniusMap(lambda1, 1)),
    F.mul(F.frobeniusMap(lambda2, 2), F.frobeniusMap(lambda3, 3)),
  );
}

const tower: ReturnType<typeof tower12> = tower12({
  ORDER: FIELD_ORDER,
  X_LEN: 63,
  FP2_NONRESIDUE: [1n, 1n],
  Fp2mulByB: (element: Fp2Element): Fp2Element => tower.Fp2.mul(element, TWIST_B),
  Fp12finalExponentiate: finalExponentiation,
});

/** The fields that coordinates live in. */
export const Fp = tower.Fp;
export const Fp2 = tower.Fp2;
/** The target group's field; a product of pairings is `Fp12.ONE` when the equation holds. */
export const Fp12Field = tower.Fp12;
/** b of the curve and of its twist. */
export const CURVE_B = 2n;
export const TWIST_B = Fp2.create({ c0: 1n, c1: -1n });

const Fr = Field(GROUP_ORDER);

/** Points of G1; the cofactor is 1. (−1, 1) is only there because noble wants a base point. */
export const G1 = weierstrass(
  { p: FIELD_ORDER, n: GROUP_ORDER, h: 1n, a: 0n, b: CURVE_B, Gx: FIELD_ORDER - 1n, Gy: 1n },
  { Fp, Fn: Fr },
);
/** Points of the twist, G2 being those of order r; `assertValidity` multiplies by r to tell. BASE is Q. */
export const G2 = weierstrass(
  {
    p: Fp2.ORDER,
    n: GROUP_ORDER,
    h: 2n * FIELD_ORDER - GROUP_ORDER,
    a: Fp2.ZERO,
    b: TWIST_B,
    Gx: Fp2.fromBigTuple([
      0x11ccb44e77ac2c5dc32a6009594dbe331ec85a61290d6bbac8cc7ebb2dceb128n,
      0x0f204a14bbdac4a05be9a25176de827f2e60085668becdd4fc5fa914c9ee0d9an,
    ]),
    Gy: Fp2.fromBigTuple([
      0x07c13d8487903ee3c1c5ea327a3a52b6cc74796b1760d5ba20ed802624ed19c8n,
      0x008f9642bbaacb73d8c89492528f58932f2de9ac3e80c7b0e41f1a84f1c40182n,
    ]),
  },
  { Fp: Fp2, Fn: Fr },
);
export type G1Point = WeierstrassPoint<bigint>;
export type G2Point = WeierstrassPoint<Fp2Element>;

const frobenius = psiFrobenius(Fp, Fp2, Fp2.NONRESIDUE);

/**
 * The last two lines of the optimal ate pairing, through π(Q) and −π²(Q). noble loops over |6z + 2| and conjugates
 * at the very end because z is negative, so both points go in negated.
 */
const lastTwoLines: BlsPostPrecomputeFn = (Rx, Ry, Rz, Qx, Qy, pointAdd) => {
  const [x1, y1] = frobenius.psi(Qx, Qy);
  const [x2, y2] = frobenius.psi(x1, y1);
  const R = pointAdd(Rx, Ry, Rz, x1, Fp2.neg(y1));
  pointAdd(R.Rx, R.Ry, R.Rz, x2, y2);
};

/** e: G1 × G2 → Fp12, and products of it. Refuses the identity. */
export const pairing = blsBasic({ ...tower, Fr }, G1, G2, {
  ateLoopSize: 6n * Z_ABSOLUTE - 2n,
  xNegative: true,
  twistType: 'divisive',
  postPrecompute: lastTwoLines,
});
