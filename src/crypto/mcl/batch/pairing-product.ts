import type { Pointer } from '../mcl-module.js';

/** What a {@link PairingProduct} makes of a key once; it is only read, so it can be kept and shared. */
export type PreparedKey = Int8Array;

/** One factor e(point, key). The point is of G1 in mcl's representation, affine or not, and not the identity. */
export interface PairingFactor {
  readonly point: Pointer;
  readonly key: PreparedKey;
}

/** Products of pairings, all factors in one Miller loop. */
export interface PairingProduct {
  /** Prepares a point of G2 (mcl's representation, 288 bytes), of order r. */
  prepare(point: Int8Array): PreparedKey;

  /**
   * Writes Π e(point, key), final exponentiation included, to `result` (an element of GT); 1 without factors. Throws
   * `RangeError` for more factors than it was made for.
   */
  multiply(result: Pointer, factors: readonly PairingFactor[]): void;
}
