import { inMclFrame } from '../mcl-frame.js';
import { MCL_SIZES } from '../mcl-module.js';
import type { Pointer } from '../mcl-module.js';
import { IS_TANGENT, LINE_COUNT } from './line-order.js';
import type { MclRawParts } from './mcl-raw-parts.js';

/** Bytes between two field elements of mcl's types; the first 32 of them are the element, the rest is never read. */
export const FP_STRIDE = 48;
/** Bytes of a field element of BN254. */
export const FP_BYTES = 32;
/** Bytes of a line in a table: two elements of Fp2, packed. */
export const LINE_BYTES = 4 * FP_BYTES;
/** Bytes of a key's table. */
export const LINE_TABLE_BYTES = LINE_COUNT * LINE_BYTES;

/** mcl's raw line is three elements of Fp2: (a, b, c) stands for b·y + c·x·w + a·w³ at the point (x, y). */
const RAW_LINE_BYTES = 3 * MCL_SIZES.fp2;

/**
 * The lines of a key's Miller loop, each divided by its coefficient at y and with mcl's scaling of the point in
 * tangents, (3x, −y), drawn in: a line is (A, B), worth 1 + A·(x/y)·w + B·(1/y)·w³ at (x, y). What was divided away lies
 * in Fp2·y, which the final exponentiation takes to 1. That coefficient is never zero: the multiples of a point of
 * order r that the loop meets are neither the identity nor each other's negatives.
 *
 * `point` is a point of G2, other than the identity, in mcl's own representation (288 bytes). Throws for an mcl whose
 * tables have another size, and for a zero coefficient, which means that the point is not of order r.
 */
export function buildLineTable(mod: MclRawParts, point: Int8Array): Int8Array {
  if (8 * mod._mclBn_getUint64NumToPrecompute() !== LINE_COUNT * RAW_LINE_BYTES) {
    throw new Error('mcl-wasm has another table of lines');
  }
  return inMclFrame(mod, (frame) => {
    const key = frame.allocate(MCL_SIZES.g2);
    mod.HEAP8.set(point, key);
    const raw = frame.allocate(LINE_COUNT * RAW_LINE_BYTES);
    mod._mclBn_precomputeG2(raw, key);
    const inverses = frame.allocate(LINE_COUNT * MCL_SIZES.fp2);
    invertAtY(mod, raw, inverses, frame.allocate(MCL_SIZES.fp2));
    const table = frame.allocate(LINE_TABLE_BYTES);
    for (const [line, isTangent] of IS_TANGENT.entries()) {
      const inverse = inverses + line * MCL_SIZES.fp2;
      normaliseLine(mod, table + line * LINE_BYTES, raw + line * RAW_LINE_BYTES, inverse, isTangent);
    }
    return mod.HEAP8.slice(table, table + LINE_TABLE_BYTES);
  });
}

/** The inverses of all lines' coefficients at y, with a single inversion: Montgomery's trick. */
function invertAtY(mod: MclRawParts, raw: Pointer, inverses: Pointer, running: Pointer): void {
  const atY = (line: number): Pointer => raw + line * RAW_LINE_BYTES + MCL_SIZES.fp2;
  const inverseOf = (line: number): Pointer => inverses + line * MCL_SIZES.fp2;
  // First the products of all coefficients up to each line, in the inverses' places.
  mod.HEAP8.copyWithin(inverseOf(0), atY(0), atY(0) + MCL_SIZES.fp2);
  for (let line = 1; line < LINE_COUNT; line++) mod._mclBnFp2_mul(inverseOf(line), inverseOf(line - 1), atY(line));
  const product = inverseOf(LINE_COUNT - 1);
  if (mod._mclBnFp2_isZero(product) === 1) throw new Error('a line through a point outside G2');
  mod._mclBnFp2_inv(running, product);
  for (let line = LINE_COUNT - 1; line > 0; line--) {
    mod._mclBnFp2_mul(inverseOf(line), running, inverseOf(line - 1));
    mod._mclBnFp2_mul(running, running, atY(line));
  }
  mod.HEAP8.copyWithin(inverseOf(0), running, running + MCL_SIZES.fp2);
}

/** Writes one line to the table; the coefficients at w³ and w in `raw` are used up. */
function normaliseLine(mod: MclRawParts, packed: Pointer, raw: Pointer, inverse: Pointer, isTangent: boolean): void {
  const [atW3, atXw] = [raw, raw + 2 * MCL_SIZES.fp2];
  mod._mclBnFp2_mul(atXw, atXw, inverse);
  mod._mclBnFp2_mul(atW3, atW3, inverse);
  if (isTangent) {
    const double = inverse;
    mod._mclBnFp2_add(double, atXw, atXw);
    mod._mclBnFp2_add(atXw, atXw, double);
    mod._mclBnFp2_neg(atXw, atXw);
    mod._mclBnFp2_neg(atW3, atW3);
  }
  pack(mod, packed, atXw);
  pack(mod, packed + 2 * FP_BYTES, atW3);
}

function pack(mod: MclRawParts, packed: Pointer, element: Pointer): void {
  mod.HEAP8.copyWithin(packed, element, element + FP_BYTES);
  mod.HEAP8.copyWithin(packed + FP_BYTES, element + FP_STRIDE, element + FP_STRIDE + FP_BYTES);
}
