import { MCL_SIZES } from '../mcl-module.js';
import type { Pointer } from '../mcl-module.js';
import { createLineMultiplier } from './line-multiplier.js';
import { CLOSING_LINES, LINES_PER_STEP } from './line-order.js';
import { FP_STRIDE, LINE_BYTES, LINE_TABLE_BYTES, buildLineTable } from './line-table.js';
import type { MclRawParts } from './mcl-raw-parts.js';
import type { PairingFactor, PairingProduct } from './pairing-product.js';

/**
 * Products from tables of lines that are kept for each key, with one squaring per step for all factors. It equals
 * mcl's own product after the final exponentiation (not before: see {@link buildLineTable}). Takes up to `maxFactors`
 * factors; its room in WebAssembly's heap, about 9 KB a factor, is kept for good and holds nothing secret.
 */
export function createLineProduct(mod: MclRawParts, maxFactors: number): PairingProduct {
  const { _mclBnGT_sqr: square, _mclBnFp2_neg: negate } = mod;
  const multiplier = createLineMultiplier(mod);
  const tables = mod._malloc(maxFactors * LINE_TABLE_BYTES);
  const ratios = mod._malloc(maxFactors * 2 * FP_STRIDE);
  const affine = mod._malloc(MCL_SIZES.g1);
  const product = mod._malloc(MCL_SIZES.gt);

  /** Leaves x/y and 1/y where the lines of this factor find them. */
  const place = ({ point, key }: PairingFactor, index: number): void => {
    mod.HEAP8.set(key, tables + index * LINE_TABLE_BYTES);
    const xOverY = ratios + index * 2 * FP_STRIDE;
    const inverseOfY = xOverY + FP_STRIDE;
    mod._mclBnG1_normalize(affine, point);
    mod._mclBnFp_inv(inverseOfY, affine + FP_STRIDE);
    mod._mclBnFp_mul(xOverY, affine, inverseOfY);
  };

  /** Multiplies `lines` lines of each factor, from line `first` on, into the product: all of them, two by two. */
  const multiplyLines = (first: number, lines: number, factors: number): void => {
    let waiting: Pointer | undefined;
    for (let line = first; line < first + lines; line++) {
      for (let factor = 0; factor < factors; factor++) {
        const packed = tables + factor * LINE_TABLE_BYTES + line * LINE_BYTES;
        const at = ratios + factor * 2 * FP_STRIDE;
        if (waiting === undefined) {
          waiting = multiplier.evaluate('left', packed, at);
        } else {
          multiplier.multiplyPair(product, waiting, multiplier.evaluate('right', packed, at));
          waiting = undefined;
        }
      }
    }
    if (waiting !== undefined) multiplier.multiplyOne(product, waiting);
  };

  /** z is negative: the value so far is replaced by its conjugate over Fp6 before the closing lines. */
  const conjugate = (): void => {
    const half = MCL_SIZES.gt / 2;
    for (let offset = half; offset < MCL_SIZES.gt; offset += MCL_SIZES.fp2) negate(product + offset, product + offset);
  };

  return {
    prepare: (point) => buildLineTable(mod, point),

    multiply: (result, factors) => {
      if (factors.length > maxFactors) throw new RangeError('more factors than there is room for');
      factors.forEach(place);
      mod._mclBnGT_setInt32(product, 1);
      let line = 0;
      for (const lines of LINES_PER_STEP) {
        if (line > 0) square(product, product);
        multiplyLines(line, lines, factors.length);
        line += lines;
      }
      conjugate();
      multiplyLines(line, CLOSING_LINES, factors.length);
      mod._mclBn_finalExp(result, product);
    },
  };
}
