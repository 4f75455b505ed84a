import type { RandomBytes } from '../random-bytes.js';
import { systemRandomBytes } from '../random-bytes.js';
import type { KeyRing } from './data-key.js';
import { RingSealer } from './ring-sealer.js';
import type { Sealer } from './sealer.js';

/** The sealer of one domain: one half's secrets, or the cursors of lists. */
export function createSealer(ring: KeyRing, randomBytes: RandomBytes = systemRandomBytes): Sealer {
  return new RingSealer(ring, randomBytes);
}
