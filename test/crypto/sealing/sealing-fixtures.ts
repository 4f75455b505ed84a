import { createSealer } from '../../../src/crypto/sealing/create-sealer.js';
import type { KeyRing, SealingDomain } from '../../../src/crypto/sealing/data-key.js';
import { deriveDomainKey } from '../../../src/crypto/sealing/domain-key.js';
import type { SealedPlace } from '../../../src/crypto/sealing/sealed-place.js';
import type { Sealer } from '../../../src/crypto/sealing/sealer.js';
import { SecretBytes } from '../../../src/crypto/secret-bytes.js';

export const PLACE: SealedPlace = {
  table: 'wallets',
  row: '7',
  column: 'sealed_master_key',
  version: 1,
  wallet: 'w',
  owner: 'alice',
  recipient: 'bob',
};

/** 32 bytes counting up from `first`. */
export function rootKey(first = 1): SecretBytes {
  return new SecretBytes(Uint8Array.from({ length: 32 }, (_, index) => (first + index) % 256));
}

/** A ring of one key, of epoch 3. */
export function ringOf(domain: SealingDomain = 'vault', root: SecretBytes = rootKey()): KeyRing {
  return { current: { ...deriveDomainKey(root, domain), epoch: 3 }, earlier: [] };
}

export function sealerOf(domain: SealingDomain = 'vault', root: SecretBytes = rootKey()): Sealer {
  return createSealer(ringOf(domain, root));
}

export function secret(text = 'correct horse battery staple'): SecretBytes {
  return new SecretBytes(Uint8Array.from(Buffer.from(text)));
}
