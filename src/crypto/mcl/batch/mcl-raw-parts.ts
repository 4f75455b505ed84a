import type { MclModule, Pointer } from '../mcl-module.js';

type Binary = (result: Pointer, x: Pointer, y: Pointer) => void;
type Unary = (result: Pointer, x: Pointer) => void;

/**
 * The parts of mcl below a pairing, which the package exports as well (herumi/mcl, include/mcl/bn.h). They are plain
 * functions without `this`. `mulVec` and `normalizeVec` may bring their points to affine form, which leaves them the
 * same points.
 */
export interface MclRawParts extends MclModule {
  readonly _mclBnFp_neg: Unary;
  readonly _mclBnFp_inv: Unary;
  readonly _mclBnFp_add: Binary;
  readonly _mclBnFp_sub: Binary;
  readonly _mclBnFp_mul: Binary;
  readonly _mclBnFp2_neg: Unary;
  readonly _mclBnFp2_inv: Unary;
  readonly _mclBnFp2_isZero: (x: Pointer) => number;
  readonly _mclBnFp2_add: Binary;
  readonly _mclBnFp2_sub: Binary;
  readonly _mclBnFp2_mul: Binary;
  readonly _mclBnG1_dbl: Unary;
  readonly _mclBnG1_normalize: Unary;
  readonly _mclBnG1_normalizeVec: (results: Pointer, points: Pointer, count: number) => void;
  readonly _mclBnG1_mul: Binary;
  readonly _mclBnG1_mulVec: (sum: Pointer, points: Pointer, scalars: Pointer, count: number) => void;
  readonly _mclBnG2_dbl: Unary;
  readonly _mclBnGT_clear: (x: Pointer) => void;
  readonly _mclBnGT_setInt32: (x: Pointer, value: number) => void;
  readonly _mclBnGT_isEqual: (x: Pointer, y: Pointer) => number;
  readonly _mclBnGT_sqr: Unary;
  readonly _mclBnGT_mul: Binary;
  readonly _mclBn_millerLoopVec: (product: Pointer, points: Pointer, keys: Pointer, count: number) => void;
}

const RAW_PARTS: readonly Exclude<keyof MclRawParts, keyof MclModule>[] = [
  '_mclBnFp_neg',
  '_mclBnFp_inv',
  '_mclBnFp_add',
  '_mclBnFp_sub',
  '_mclBnFp_mul',
  '_mclBnFp2_neg',
  '_mclBnFp2_inv',
  '_mclBnFp2_isZero',
  '_mclBnFp2_add',
  '_mclBnFp2_sub',
  '_mclBnFp2_mul',
  '_mclBnG1_dbl',
  '_mclBnG1_normalize',
  '_mclBnG1_normalizeVec',
  '_mclBnG1_mul',
  '_mclBnG1_mulVec',
  '_mclBnG2_dbl',
  '_mclBnGT_clear',
  '_mclBnGT_setInt32',
  '_mclBnGT_isEqual',
  '_mclBnGT_sqr',
  '_mclBnGT_mul',
  '_mclBn_millerLoopVec',
];

/** The module with its raw parts, which the typings leave out. Throws if this build does not export one of them. */
export function rawPartsOf(mod: MclModule): MclRawParts {
  const parts = mod as MclRawParts;
  for (const name of RAW_PARTS) {
    if (typeof parts[name] !== 'function') throw new Error(`mcl-wasm does not export ${name}`);
  }
  return parts;
}
