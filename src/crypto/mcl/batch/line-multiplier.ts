import { MCL_SIZES } from '../mcl-module.js';
import type { Pointer } from '../mcl-module.js';
import { FP_BYTES, FP_STRIDE } from './line-table.js';
import type { MclRawParts } from './mcl-raw-parts.js';

const { fp2: FP2, gt: GT } = MCL_SIZES;

/**
 * Where mcl keeps the coefficients of Fp12 at w⁰ … w⁴ (the one at w⁵ is last): Fp12 is Fp6[w] with w² = v, Fp6 is
 * Fp2[v] with v³ = ξ = 1 + i.
 */
const [AT_W0, AT_W2, AT_W4, AT_W1, AT_W3] = [0, FP2, 2 * FP2, 3 * FP2, 4 * FP2];

/** Multiplies lines, once evaluated at a point, into an element of GT. */
export interface LineMultiplier {
  /**
   * Evaluates a line of a table at the point whose x/y and 1/y are at `ratios`. The result stays valid until the same
   * side is evaluated again.
   */
  evaluate(side: 'left' | 'right', packed: Pointer, ratios: Pointer): Pointer;
  /** product ← product · line. */
  multiplyOne(product: Pointer, line: Pointer): void;
  /** product ← product · left · right. */
  multiplyPair(product: Pointer, left: Pointer, right: Pointer): void;
}

/** A multiplier with room of its own in WebAssembly's heap, kept for good. */
export function createLineMultiplier(mod: MclRawParts): LineMultiplier {
  const { _mclBnFp_mul: fpMul, _mclBnFp_add: fpAdd, _mclBnFp_sub: fpSub } = mod;
  const { _mclBnFp2_mul: mul, _mclBnFp2_add: add, _mclBnFp2_sub: sub, _mclBnGT_mul: gtMul } = mod;
  const [leftLine, rightLine] = [mod._malloc(2 * FP2), mod._malloc(2 * FP2)];
  const [single, pair, one] = [mod._malloc(GT), mod._malloc(GT), mod._malloc(GT)];
  const [leftSum, rightSum, bd] = [mod._malloc(FP2), mod._malloc(FP2), mod._malloc(FP2)];
  mod._mclBnGT_setInt32(one, 1);
  mod._mclBnGT_setInt32(single, 1);
  mod._mclBnGT_clear(pair);

  return {
    evaluate: (side, packed, ratios) => {
      const line = side === 'left' ? leftLine : rightLine;
      const inverseOfY = ratios + FP_STRIDE;
      fpMul(line, packed, ratios);
      fpMul(line + FP_STRIDE, packed + FP_BYTES, ratios);
      fpMul(line + FP2, packed + 2 * FP_BYTES, inverseOfY);
      fpMul(line + FP2 + FP_STRIDE, packed + 3 * FP_BYTES, inverseOfY);
      return line;
    },

    multiplyOne: (product, line) => {
      mod.HEAP8.copyWithin(single + AT_W1, line, line + FP2);
      mod.HEAP8.copyWithin(single + AT_W3, line + FP2, line + 2 * FP2);
      gtMul(product, product, single);
    },

    // (1 + a·w + b·w³)(1 + c·w + d·w³) = (1 + ξ·bd) + (a + c)·w + ac·w² + (b + d)·w³ + (ad + bc)·w⁴
    multiplyPair: (product, left, right) => {
      add(pair + AT_W1, left, right);
      add(pair + AT_W3, left + FP2, right + FP2);
      mul(pair + AT_W2, left, right);
      mul(bd, left + FP2, right + FP2);
      add(leftSum, left, left + FP2);
      add(rightSum, right, right + FP2);
      mul(pair + AT_W4, leftSum, rightSum);
      sub(pair + AT_W4, pair + AT_W4, pair + AT_W2);
      sub(pair + AT_W4, pair + AT_W4, bd);
      fpSub(pair + AT_W0, bd, bd + FP_STRIDE);
      fpAdd(pair + AT_W0, pair + AT_W0, one);
      fpAdd(pair + AT_W0 + FP_STRIDE, bd, bd + FP_STRIDE);
      gtMul(product, product, pair);
    },
  };
}
