import mcl from 'mcl-wasm';

/** A position in WebAssembly's memory. */
export type Pointer = number;

/**
 * The part of mcl-wasm's low-level module that we use. The package exports it as `mod` but leaves it out of its
 * typings; signatures are those of mcl's C interface (herumi/mcl, include/mcl/bn.h): the result comes first.
 * `deserialize` returns the number of bytes read (0 = refused), `serialize` the number written, other `int`s 0 for
 * success, predicates 1 for yes.
 */
export interface MclModule {
  readonly HEAP8: Int8Array;
  stackSave(): Pointer;
  stackAlloc(size: number): Pointer;
  stackRestore(top: Pointer): void;
  _malloc(size: number): Pointer;

  _mclBn_verifyOrderG2(check: 0 | 1): void;
  _mclBnFp2_clear(x: Pointer): void;
  _mclBnFp_setInt32(x: Pointer, value: number): number;
  _mclBnFp2_mapToG2(point: Pointer, x: Pointer): number;

  _mclBnFr_deserialize(x: Pointer, buffer: Pointer, size: number): number;
  _mclBnFr_serialize(buffer: Pointer, capacity: number, x: Pointer): number;
  _mclBnFr_isZero(x: Pointer): number;
  _mclBnFr_add(sum: Pointer, x: Pointer, y: Pointer): void;
  _mclBnFr_sub(difference: Pointer, x: Pointer, y: Pointer): void;

  _mclBnG1_deserialize(x: Pointer, buffer: Pointer, size: number): number;
  _mclBnG1_serialize(buffer: Pointer, capacity: number, x: Pointer): number;
  _mclBnG1_isZero(x: Pointer): number;
  _mclBnG1_neg(negative: Pointer, x: Pointer): void;
  _mclBnG1_add(sum: Pointer, x: Pointer, y: Pointer): void;
  _mclBnG1_mulCT(product: Pointer, x: Pointer, scalar: Pointer): void;
  _mclBnG1_hashAndMapTo(point: Pointer, buffer: Pointer, size: number): number;

  _mclBnG2_deserialize(x: Pointer, buffer: Pointer, size: number): number;
  _mclBnG2_serialize(buffer: Pointer, capacity: number, x: Pointer): number;
  _mclBnG2_isZero(x: Pointer): number;
  _mclBnG2_add(sum: Pointer, x: Pointer, y: Pointer): void;
  _mclBnG2_mulCT(product: Pointer, x: Pointer, scalar: Pointer): void;

  _mclBnGT_isOne(x: Pointer): number;
  _mclBn_getUint64NumToPrecompute(): number;
  _mclBn_precomputeG2(lines: Pointer, q: Pointer): void;
  _mclBn_precomputedMillerLoop2mixed(e: Pointer, p1: Pointer, q1: Pointer, p2: Pointer, q2Lines: Pointer): void;
  _mclBn_finalExp(result: Pointer, x: Pointer): void;
}

/** Bytes that the build of mcl-wasm reserves for each type, whatever the curve (4 limbs for Fr, 6 for Fp). */
export const MCL_SIZES = { fr: 32, fp2: 96, g1: 144, g2: 288, gt: 576 } as const;

/**
 * A fresh instance of mcl set to BN254, with order checks on for G2. It is the caller's own: initialising mcl again
 * makes another module with another memory and leaves this one alone.
 */
export async function loadMclModule(): Promise<MclModule> {
  await mcl.init(mcl.BN254);
  const { mod } = mcl as unknown as { readonly mod: MclModule };
  mod._mclBn_verifyOrderG2(1);
  return mod;
}
