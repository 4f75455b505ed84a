/**
 * Q, the generator of G2 that public keys are multiples of, compressed. herumi's library fixes it for BN254 as the
 * image of 1 under mcl's map to G2; the public keys that 0Chain has published depend on it.
 */
export const GENERATOR_HEX =
  '28b1ce2dbb7eccc8ba6b0d29615ac81e33be4d5909602ac35d2cac774eb4cc11' +
  '9a0deec914a95ffcd4cdbe685608602e7f82de7651a2e95ba0c4dabb144a200f';
