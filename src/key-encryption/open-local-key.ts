import { type RandomBytes, systemRandomBytes } from '../crypto/random-bytes.js';
import type { SecretBytes } from '../crypto/secret-bytes.js';
import type { KeyEncryptionKey } from './key-encryption-key.js';
import { LocalKey } from './local-key.js';

/**
 * The key-encryption key of 32 uniformly random bytes that somebody put into a file or into the environment.
 *
 * @param root wiped here, also on failure. Rejects with `RangeError` when there are not 32 bytes.
 */
export function openLocalKey(
  provider: 'file' | 'env',
  root: SecretBytes,
  randomBytes: RandomBytes = systemRandomBytes,
): Promise<KeyEncryptionKey> {
  return new Promise((resolve) => {
    resolve(new LocalKey(provider, root, randomBytes));
  });
}
