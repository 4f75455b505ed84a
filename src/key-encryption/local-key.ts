import { createCipheriv, createDecipheriv, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import type { RandomBytes } from '../crypto/random-bytes.js';
import { SecretBytes, unmovedCopy } from '../crypto/secret-bytes.js';
import { closedKey, refusedWrapping } from './key-encryption-error.js';
import type { KeyEncryptionKey, PassphraseParameters, WrappingContext } from './key-encryption-key.js';
import { DATA_KEY_BYTES, encodeContext, exposeDataKey } from './wrapped-bytes.js';

export const ROOT_BYTES = 32;
const CIPHER = 'aes-256-gcm';
const OPTIONS = { authTagLength: 16 } as const;
const INFO = 'split-key-kms/key-encryption/1';
const FINGERPRINT_BYTES = 8;

/** The bytes of a wrapping: format (always 1), nonce, ciphertext, tag. */
const FORMAT = 1;
const NONCE_BYTES = 12;
const CIPHERTEXT_AT = 1 + NONCE_BYTES;
const TAG_AT = CIPHERTEXT_AT + DATA_KEY_BYTES;
const WRAPPED_BYTES = TAG_AT + OPTIONS.authTagLength;

/**
 * A key-encryption key that this process holds itself: AES-256-GCM (NIST SP 800-38D) with random 96-bit nonces, its format
 * and context authenticated. What it protects against is a stolen database, not a stolen process.
 */
export class LocalKey implements KeyEncryptionKey {
  readonly fingerprint: string;
  readonly stretching?: PassphraseParameters;
  #key: KeyObject | undefined;

  /**
   * Derives key and fingerprint from `root` (32 uniformly random bytes) by HKDF-SHA256 (RFC 5869) without salt, and wipes
   * `root`, also when it throws: `RangeError` for another length.
   */
  constructor(
    readonly provider: 'file' | 'env' | 'passphrase',
    root: SecretBytes,
    private readonly randomBytes: RandomBytes,
    stretching?: PassphraseParameters,
  ) {
    if (stretching !== undefined) this.stretching = stretching;
    try {
      if (root.length !== ROOT_BYTES) throw new RangeError(`a key-encryption root must be ${ROOT_BYTES} bytes long`);
      const key = hkdf(root.expose(), `${INFO}/key`);
      this.fingerprint = hkdf(key, `${INFO}/fingerprint`).subarray(0, FINGERPRINT_BYTES).toString('hex');
      this.#key = createSecretKey(key);
      key.fill(0);
    } finally {
      root.wipe();
    }
  }

  wrap(key: SecretBytes, context: WrappingContext): Promise<Uint8Array> {
    return settled(() => this.#encrypt(exposeDataKey(key), associatedDataOf(context)));
  }

  unwrap(wrapped: Uint8Array, context: WrappingContext): Promise<SecretBytes> {
    return settled(() => this.#decrypt(wrapped, associatedDataOf(context)));
  }

  close(): Promise<void> {
    this.#key = undefined;
    return Promise.resolve();
  }

  #encrypt(dataKey: Uint8Array, associatedData: Uint8Array): Uint8Array {
    const nonce = this.randomBytes(NONCE_BYTES);
    if (nonce.length !== NONCE_BYTES) throw new RangeError('the source of random bytes gave another length than asked');
    const cipher = createCipheriv(CIPHER, this.#openKey(), nonce, OPTIONS).setAAD(associatedData);
    const ciphertext = [cipher.update(dataKey), cipher.final()];
    return new Uint8Array(Buffer.concat([Uint8Array.of(FORMAT), nonce, ...ciphertext, cipher.getAuthTag()]));
  }

  #decrypt(wrapped: Uint8Array, associatedData: Uint8Array): SecretBytes {
    const key = this.#openKey();
    if (wrapped.length !== WRAPPED_BYTES || wrapped[0] !== FORMAT) throw refusedWrapping();
    const decipher = createDecipheriv(CIPHER, key, wrapped.subarray(1, CIPHERTEXT_AT), OPTIONS);
    decipher.setAAD(associatedData).setAuthTag(wrapped.subarray(TAG_AT));
    const unproven = decipher.update(wrapped.subarray(CIPHERTEXT_AT, TAG_AT));
    try {
      decipher.final();
      // Into memory of its own: a Buffer may lie in a pool whose other bytes belong to others.
      return new SecretBytes(unmovedCopy(unproven));
    } catch {
      throw refusedWrapping();
    } finally {
      unproven.fill(0);
    }
  }

  #openKey(): KeyObject {
    if (this.#key === undefined) throw closedKey();
    return this.#key;
  }
}

function hkdf(inputKey: Uint8Array, info: string): Buffer {
  return Buffer.from(hkdfSync('sha256', inputKey, '', info, ROOT_BYTES));
}

function associatedDataOf(context: WrappingContext): Uint8Array {
  return Buffer.concat([Uint8Array.of(FORMAT), encodeContext(context)]);
}

/** What `compute` gives or throws, as a promise. */
function settled<T>(compute: () => T): Promise<T> {
  return new Promise((resolve) => {
    resolve(compute());
  });
}
