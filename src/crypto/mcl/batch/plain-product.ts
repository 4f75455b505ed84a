import { MCL_SIZES } from '../mcl-module.js';
import type { MclRawParts } from './mcl-raw-parts.js';
import type { PairingProduct } from './pairing-product.js';

/** Products by mcl's own loop over many pairs, which computes every line anew. Takes up to `maxFactors` factors. */
export function createPlainProduct(mod: MclRawParts, maxFactors: number): PairingProduct {
  const points = mod._malloc(maxFactors * MCL_SIZES.g1);
  const keys = mod._malloc(maxFactors * MCL_SIZES.g2);
  const loop = mod._malloc(MCL_SIZES.gt);

  return {
    prepare: (point) => point,

    multiply: (result, factors) => {
      if (factors.length > maxFactors) throw new RangeError('more factors than there is room for');
      for (const [index, { point, key }] of factors.entries()) {
        mod.HEAP8.copyWithin(points + index * MCL_SIZES.g1, point, point + MCL_SIZES.g1);
        mod.HEAP8.set(key, keys + index * MCL_SIZES.g2);
      }
      mod._mclBnGT_setInt32(loop, 1);
      if (factors.length > 0) mod._mclBn_millerLoopVec(loop, points, keys, factors.length);
      mod._mclBn_finalExp(result, loop);
    },
  };
}
