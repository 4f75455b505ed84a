/**
 * The loop of the optimal ate pairing on BN254: |6z + 2| with z = −(2^62 + 2^55 + 1), in plain binary, because its
 * signed form is no shorter (herumi/mcl, include/mcl/bn.hpp, `precomputeG2`).
 */
const LOOP_BITS = 0x18300000000000004n.toString(2).slice(1);

/** How many lines follow the squaring of each step: a tangent, and a chord as well where the bit is set. */
export const LINES_PER_STEP: readonly number[] = Array.from(LOOP_BITS, (bit) => (bit === '1' ? 2 : 1));

/** The chords through the images under Frobenius, after the loop. */
export const CLOSING_LINES = 2;

/** For each line, in the order of mcl's table, whether it is a tangent; the others are chords. */
export const IS_TANGENT: readonly boolean[] = [
  ...LINES_PER_STEP.flatMap((lines) => (lines === 2 ? [true, false] : [true])),
  false,
  false,
];

/** 70 lines for each key. */
export const LINE_COUNT = IS_TANGENT.length;
