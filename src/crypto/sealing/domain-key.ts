import { createSecretKey, hkdfSync } from 'node:crypto';
import type { SecretBytes } from '../secret-bytes.js';
import type { DataKey, SealingDomain } from './data-key.js';
import { KEY_ID_BYTES } from './envelope.js';

export const ROOT_KEY_BYTES = 32;
const AES_KEY_BYTES = 32;

/**
 * Derives what earlier releases sealed one domain with, from the root key by HKDF-SHA256 (RFC 5869) without salt, since
 * the root key is uniformly random already; the info string separates the domains, and the fingerprint from the key.
 *
 * Throws `RangeError` when the root key is not 32 bytes long. The root key stays the caller's to wipe.
 */
export function deriveDomainKey(rootKey: SecretBytes, domain: SealingDomain): DataKey {
  const root = rootKey.expose();
  if (root.length !== ROOT_KEY_BYTES) throw new RangeError(`the sealing root key must be ${ROOT_KEY_BYTES} bytes long`);
  const keyBytes = hkdf(root, `split-key-kms/sealing/1/${domain}/key`);
  try {
    const fingerprint = hkdf(keyBytes, `split-key-kms/sealing/1/${domain}/fingerprint`);
    return { key: createSecretKey(keyBytes), id: fingerprint.subarray(0, KEY_ID_BYTES), epoch: 0 };
  } finally {
    keyBytes.fill(0);
  }
}

function hkdf(inputKey: Uint8Array, info: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', inputKey, '', info, AES_KEY_BYTES));
}
