import { createSealer } from '../../../src/crypto/sealing/create-sealer.js';
import { deriveDomainKey } from '../../../src/crypto/sealing/domain-key.js';
import type { SealingDomain } from '../../../src/crypto/sealing/domain-key.js';
import type { SealedPlace } from '../../../src/crypto/sealing/sealed-place.js';
import type { Sealer } from '../../../src/crypto/sealing/sealer.js';
import { SecretBytes } from '../../../src/crypto/secret-bytes.js';

export const PLACE: SealedPlace = { table: 'wallets', row: '7', column: 'sealed_master_key', version: 1 };

/** 32 bytes counting up from `first`. */
export function rootKey(first = 1): SecretBytes {
  return new SecretBytes(Uint8Array.from({ length: 32 }, (_, index) => (first + index) % 256));
}

export function sealerOf(domain: SealingDomain = 'vault', root: SecretBytes = rootKey()): Sealer {
  return createSealer(deriveDomainKey(root, domain));
}

export function secret(text = 'correct horse battery staple'): SecretBytes {
  return new SecretBytes(Uint8Array.from(Buffer.from(text)));
}
