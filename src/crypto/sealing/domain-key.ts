import { createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import type { SecretBytes } from '../secret-bytes.js';
import { KEY_ID_BYTES } from './envelope.js';

/**
 * What a key is for: to seal one half's secrets, the keys of the record's log, or cursors, which are many and must not wear
 * out the secrets' keys; or to hash requests. No key opens what another sealed.
 */
export type SealingDomain = 'vault' | 'auth' | 'audit' | 'cursors' | 'requests';

/** The data-encryption key of one domain, which seals values itself. */
export interface DomainKey {
  /** For AES-256. A KeyObject keeps its bytes outside the JavaScript heap and shows them to no one who inspects it. */
  readonly key: KeyObject;
  /** The first 8 bytes of a fingerprint of the key. Public: it says which key, nothing of what it is. */
  readonly keyId: Uint8Array;
}

export const ROOT_KEY_BYTES = 32;
const AES_KEY_BYTES = 32;

/**
 * Derives one domain's key from the root key by HKDF-SHA256 (RFC 5869) without salt, since the root key is
 * uniformly random already; the info string separates the domains, and the fingerprint from the key.
 *
 * Throws `RangeError` when the root key is not 32 bytes long. The root key stays the caller's to wipe.
 */
export function deriveDomainKey(rootKey: SecretBytes, domain: SealingDomain): DomainKey {
  const root = rootKey.expose();
  if (root.length !== ROOT_KEY_BYTES) throw new RangeError(`the sealing root key must be ${ROOT_KEY_BYTES} bytes long`);
  const keyBytes = hkdf(root, `split-key-kms/sealing/1/${domain}/key`);
  try {
    const fingerprint = hkdf(keyBytes, `split-key-kms/sealing/1/${domain}/fingerprint`);
    return { key: createSecretKey(keyBytes), keyId: fingerprint.subarray(0, KEY_ID_BYTES) };
  } finally {
    keyBytes.fill(0);
  }
}

function hkdf(inputKey: Uint8Array, info: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', inputKey, '', info, AES_KEY_BYTES));
}
