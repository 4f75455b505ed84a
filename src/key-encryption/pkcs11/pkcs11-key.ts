import type { RandomBytes } from '../../crypto/random-bytes.js';
import { SecretBytes, unmovedCopy } from '../../crypto/secret-bytes.js';
import { refusedWrapping } from '../key-encryption-error.js';
import type { KeyEncryptionKey, WrappingContext } from '../key-encryption-key.js';
import { DATA_KEY_BYTES, encodeContext, exposeDataKey } from '../wrapped-bytes.js';
import type { ModuleKeeper } from './module-keeper.js';

const NONCE_BYTES = 12;
/** More than any wrapping has, with a modulus of 4096 bits. */
const MOST_BYTES = 2_048;
const NO_NONCE = new Uint8Array();

/**
 * A key in a PKCS#11 module, which uses it and never shows it. What a wrapping is made of depends on the kind of key:
 * aes-gcm-cipher.ts, rsa-cipher.ts. Nonces are drawn here, at random: not every module draws them.
 */
export class Pkcs11Key implements KeyEncryptionKey {
  readonly provider = 'pkcs11';
  readonly #keeper: ModuleKeeper;
  readonly #randomBytes: RandomBytes;

  constructor(
    keeper: ModuleKeeper,
    readonly fingerprint: string,
    randomBytes: RandomBytes,
  ) {
    this.#keeper = keeper;
    this.#randomBytes = randomBytes;
  }

  async wrap(key: SecretBytes, context: WrappingContext): Promise<Uint8Array> {
    const bytes = exposeDataKey(key);
    const nonce = this.#randomBytes(NONCE_BYTES);
    if (nonce.length !== NONCE_BYTES) throw new RangeError('the source of random bytes gave another length than asked');
    return await this.#keeper.ask({ operation: 'wrap', bytes, nonce, context: encodeContext(context) });
  }

  async unwrap(wrapped: Uint8Array, context: WrappingContext): Promise<SecretBytes> {
    const question = { operation: 'unwrap' as const, nonce: NO_NONCE, context: encodeContext(context) };
    if (wrapped.length > MOST_BYTES) throw refusedWrapping();
    const opened = await this.#keeper.ask({ ...question, bytes: wrapped.slice() });
    const key = new SecretBytes(unmovedCopy(opened));
    opened.fill(0);
    if (key.length === DATA_KEY_BYTES) return key;
    key.wipe();
    throw refusedWrapping();
  }

  close(): Promise<void> {
    return this.#keeper.close();
  }
}
