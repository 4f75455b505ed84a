import { SecretBytes } from '../secret-bytes.js';
import { SECRET_KEY_BYTES } from './bls-engine.js';
import { systemRandomBytes } from '../random-bytes.js';
import type { RandomBytes } from '../random-bytes.js';
import { isSecretScalar } from './scalar.js';

/** r is 58 % of 2^254, so a sound source fails this often with a probability below 2^-150. */
const MAX_DRAWS = 128;

/**
 * A secret key drawn uniformly from [1, r): 254 random bits, drawn again while they are zero or ≥ r, so no value is
 * likelier than another. Throws when the random source never yields a usable value.
 */
export function generateSecretKey(random: RandomBytes = systemRandomBytes): SecretBytes {
  for (let draw = 0; draw < MAX_DRAWS; draw++) {
    const bytes = random(SECRET_KEY_BYTES);
    const last = SECRET_KEY_BYTES - 1;
    bytes[last] = (bytes[last] ?? 0) & 0x3f;
    if (isSecretScalar(bytes)) return new SecretBytes(bytes);
    bytes.fill(0);
  }
  throw new Error('the random source yields no usable secret key');
}
