import type { RandomBytes } from '../../random-bytes.js';
import { SECRET_KEY_BYTES } from '../../bls0chain/bls-engine.js';
import { MCL_SIZES } from '../mcl-module.js';
import type { Pointer } from '../mcl-module.js';
import type { Candidates } from './candidates.js';
import type { MclRawParts } from './mcl-raw-parts.js';
import type { PairingFactor, PairingProduct, PreparedKey } from './pairing-product.js';
import { COEFFICIENT_BYTES, drawCoefficients } from './random-coefficients.js';

/**
 * Whether all signatures of a range of rows verify: e(−Σ rᵢ·sigᵢ, Q) · Π_w e(Σ rᵢ·Hᵢ, pk_w) = 1 with one factor for each
 * run of rows under the same key (Bellare, Garay, Rabin, "Fast batch verification", EUROCRYPT 1998; Camenisch,
 * Hohenberger, Pedersen, EUROCRYPT 2007). Every point is in a group of prime order r (G1 is the whole curve; keys are
 * checked when decoded), so a range with a wrong signature passes with a probability of 2^-128, whatever its author
 * does, because he does not know the coefficients.
 *
 * The first row's coefficient is 1, as in the batch verification of BIP 340: nothing hides an error there alone, and one
 * anywhere else is still multiplied by 128 unknown bits. So a single row is checked as it is, which is exact, and two
 * rows take half the multiplications.
 */
export class BatchEquation {
  readonly #mod: MclRawParts;
  readonly #product: PairingProduct;
  readonly #generator: PreparedKey;
  readonly #random: RandomBytes;
  readonly #scalars: Pointer;
  readonly #sums: Pointer;
  readonly #sumsBytes: number;
  readonly #encoded: Pointer;
  readonly #result: Pointer;

  /** Takes up to `capacity` rows at a time; `generator` is Q made ready by `product`. */
  constructor(
    mod: MclRawParts,
    product: PairingProduct,
    generator: PreparedKey,
    random: RandomBytes,
    capacity: number,
  ) {
    this.#mod = mod;
    this.#product = product;
    this.#generator = generator;
    this.#random = random;
    this.#scalars = mod._malloc(capacity * MCL_SIZES.fr);
    this.#sumsBytes = (capacity + 1) * MCL_SIZES.g1;
    this.#sums = mod._malloc(this.#sumsBytes);
    this.#encoded = mod._malloc(SECRET_KEY_BYTES);
    this.#result = mod._malloc(MCL_SIZES.gt);
  }

  /** Whether the rows first … first + count − 1 all verify; `count` is at least 1. */
  holds(candidates: Candidates, first: number, count: number): boolean {
    this.#product.multiply(this.#result, this.#factors(candidates, first, count));
    // The sum over a single row is its signature, which may be a wrong one.
    this.#mod.HEAP8.fill(0, this.#sums, this.#sums + this.#sumsBytes);
    return this.#mod._mclBnGT_isOne(this.#result) === 1;
  }

  #factors(candidates: Candidates, first: number, count: number): PairingFactor[] {
    this.#drawScalars(count - 1);
    const factors: PairingFactor[] = [];
    const append = (points: Pointer, rows: Rows, key: PreparedKey): Pointer | undefined => {
      const sum = this.#sums + factors.length * MCL_SIZES.g1;
      this.#combine(sum, points, rows);
      // A factor of the identity is 1.
      if (this.#mod._mclBnG1_isZero(sum) === 1) return undefined;
      factors.push({ point: sum, key });
      return sum;
    };

    const signatures = append(candidates.signatureAt(first), { from: 0, count }, this.#generator);
    if (signatures !== undefined) this.#mod._mclBnG1_neg(signatures, signatures);
    for (let row = first; row < first + count;) {
      const key = keyAt(candidates, row);
      let end = row + 1;
      while (end < first + count && keyAt(candidates, end) === key) end++;
      append(candidates.hashAt(row), { from: row - first, count: end - row }, key);
      row = end;
    }
    return factors;
  }

  /** sum ← Σ rᵢ·pointᵢ over some rows of the range. */
  #combine(sum: Pointer, points: Pointer, { from, count }: Rows): void {
    const mod = this.#mod;
    if (from > 0) this.#multiply(sum, points, this.#scalars + (from - 1) * MCL_SIZES.fr, count);
    else if (count === 1) mod.HEAP8.copyWithin(sum, points, points + MCL_SIZES.g1);
    else {
      this.#multiply(sum, points + MCL_SIZES.g1, this.#scalars, count - 1);
      mod._mclBnG1_add(sum, sum, points);
    }
  }

  #multiply(sum: Pointer, points: Pointer, scalars: Pointer, count: number): void {
    // For a single point the tables of `mulVec` cost more than they save.
    if (count === 1) this.#mod._mclBnG1_mul(sum, points, scalars);
    else this.#mod._mclBnG1_mulVec(sum, points, scalars, count);
  }

  /** Those of all rows but the first of the range. */
  #drawScalars(count: number): void {
    if (count === 0) return;
    const coefficients = drawCoefficients(this.#random, count);
    this.#mod.HEAP8.fill(0, this.#encoded, this.#encoded + SECRET_KEY_BYTES);
    for (let index = 0; index < count; index++) {
      const coefficient = coefficients.subarray(index * COEFFICIENT_BYTES, (index + 1) * COEFFICIENT_BYTES);
      this.#mod.HEAP8.set(coefficient, this.#encoded);
      const scalar = this.#scalars + index * MCL_SIZES.fr;
      if (this.#mod._mclBnFr_deserialize(scalar, this.#encoded, SECRET_KEY_BYTES) !== SECRET_KEY_BYTES) {
        throw new Error('mcl refused a scalar below the group order');
      }
    }
  }
}

/** Rows of a range that is checked, counted from its first. */
interface Rows {
  readonly from: number;
  readonly count: number;
}

function keyAt(candidates: Candidates, row: number): PreparedKey {
  const candidate = candidates.rows[row];
  if (candidate === undefined) throw new RangeError('no such row');
  return candidate.key;
}
