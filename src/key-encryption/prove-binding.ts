import type { RandomBytes } from '../crypto/random-bytes.js';
import { SecretBytes } from '../crypto/secret-bytes.js';
import { KeyEncryptionError } from './key-encryption-error.js';
import type { KeyEncryptionKey, WrappingContext } from './key-encryption-key.js';
import { DATA_KEY_BYTES } from './wrapped-bytes.js';

const PROBE: WrappingContext = { domain: 'probe', dataKeyId: '0000000000000000' };
const OTHER: WrappingContext = { domain: 'probe', dataKeyId: '0000000000000001' };

/**
 * Holds a key that others keep to the contract, with 32 random bytes that seal nothing: it unwraps what it wrapped, and
 * refuses it for another context. Servers and modules exist that take associated data and leave it out.
 *
 * Rejects with `KeyEncryptionError`, after it has closed the key: `missing` when it does not do as it should, or whatever
 * the key itself failed with.
 */
export async function proveBinding(key: KeyEncryptionKey, randomBytes: RandomBytes): Promise<KeyEncryptionKey> {
  const probe = new SecretBytes(randomBytes(DATA_KEY_BYTES));
  try {
    const wrapped = await key.wrap(probe, PROBE);
    const opened = await key.unwrap(wrapped, PROBE);
    const isSame = Buffer.compare(opened.expose(), probe.expose()) === 0;
    opened.wipe();
    if (!isSame || !(await isRefused(key.unwrap(wrapped, OTHER)))) {
      throw new KeyEncryptionError('missing', 'the key-encryption key does not bind what it wraps to its context');
    }
    return key;
  } catch (error) {
    await key.close();
    throw error;
  } finally {
    probe.wipe();
  }
}

async function isRefused(unwrapping: Promise<SecretBytes>): Promise<boolean> {
  try {
    (await unwrapping).wipe();
    return false;
  } catch (error) {
    if (error instanceof KeyEncryptionError && error.reason === 'refused') return true;
    throw error;
  }
}
