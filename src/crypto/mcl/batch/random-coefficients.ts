import type { RandomBytes } from '../../random-bytes.js';

/** Bytes of a coefficient: a forgery passes with a probability of 2^-128. */
export const COEFFICIENT_BYTES = 16;

/** A sound source yields a zero coefficient with a probability of 2^-128, never twice. */
const MAX_DRAWS = 3;

/**
 * `count` coefficients drawn uniformly from [1, 2^128), one after the other in an array of their own. Each is secret
 * until the check is over, so draw afresh for every check. Throws when the source yields zero again and again, or
 * another number of bytes than it was asked for.
 */
export function drawCoefficients(random: RandomBytes, count: number): Uint8Array {
  const coefficients = draw(random, count * COEFFICIENT_BYTES);
  for (let offset = 0; offset < coefficients.length; offset += COEFFICIENT_BYTES) {
    const coefficient = coefficients.subarray(offset, offset + COEFFICIENT_BYTES);
    for (let draws = 1; isZero(coefficient); draws++) {
      if (draws === MAX_DRAWS) throw new Error('the random source yields no usable coefficient');
      coefficient.set(draw(random, COEFFICIENT_BYTES));
    }
  }
  return coefficients;
}

function draw(random: RandomBytes, length: number): Uint8Array {
  const bytes = random(length);
  if (bytes.length !== length) throw new Error('the random source yields another number of bytes');
  return bytes;
}

function isZero(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0);
}
