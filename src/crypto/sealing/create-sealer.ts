import type { RandomBytes } from '../random-bytes.js';
import { systemRandomBytes } from '../random-bytes.js';
import { AesGcmSealer } from './aes-gcm-sealer.js';
import type { DomainKey } from './domain-key.js';
import type { Sealer } from './sealer.js';

/** The sealer of one domain: one half's secrets, or the cursors of lists. */
export function createSealer(key: DomainKey, randomBytes: RandomBytes = systemRandomBytes): Sealer {
  return new AesGcmSealer(key, randomBytes);
}
