import type { RandomBytes } from '../random-bytes.js';
import { systemRandomBytes } from '../random-bytes.js';
import type { SecretBytes } from '../secret-bytes.js';
import { AesGcmSealer } from './aes-gcm-sealer.js';
import type { SealingDomain } from './domain-key.js';
import { deriveDomainKey } from './domain-key.js';
import type { Sealer } from './sealer.js';

/**
 * The sealer of one half of the service, under a key derived from `rootKey` (32 bytes, from the sealing key file).
 * Throws `RangeError` for another length. `rootKey` may be wiped afterwards.
 */
export function createSealer(
  rootKey: SecretBytes,
  domain: SealingDomain,
  randomBytes: RandomBytes = systemRandomBytes,
): Sealer {
  return new AesGcmSealer(deriveDomainKey(rootKey, domain), randomBytes);
}
