import type { RandomBytes } from '../../crypto/random-bytes.js';
import { SecretBytes } from '../../crypto/secret-bytes.js';
import { KeyEncryptionError, refusedWrapping } from '../key-encryption-error.js';
import type { KeyEncryptionKey, WrappingContext } from '../key-encryption-key.js';
import { DATA_KEY_BYTES, encodeContext, exposeDataKey } from '../wrapped-bytes.js';
import type { ModuleKeeper } from './module-keeper.js';

/** The bytes of a wrapping: format (always 1), nonce, ciphertext with tag. */
const FORMAT = 1;
const NONCE_BYTES = 12;
const CIPHERTEXT_AT = 1 + NONCE_BYTES;
const TAG_BYTES = 16;
const WRAPPED_BYTES = CIPHERTEXT_AT + DATA_KEY_BYTES + TAG_BYTES;

/**
 * An AES key of 256 bits in a PKCS#11 module, which uses it by CKM_AES_GCM and never shows it. Nonces are drawn here, at
 * random: not every module draws them, and those that do not tell.
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
    const [bytes, associatedData] = [exposeDataKey(key), associatedDataOf(context)];
    const nonce = this.#randomBytes(NONCE_BYTES);
    if (nonce.length !== NONCE_BYTES) throw new RangeError('the source of random bytes gave another length than asked');
    const made = await this.#keeper.ask({ operation: 'encrypt', bytes, nonce, associatedData });
    const wrapped = new Uint8Array(Buffer.concat([Uint8Array.of(FORMAT), nonce, made]));
    if (wrapped.length === WRAPPED_BYTES) return wrapped;
    throw new KeyEncryptionError('missing', 'the PKCS#11 module does not do AES-GCM as it should');
  }

  async unwrap(wrapped: Uint8Array, context: WrappingContext): Promise<SecretBytes> {
    const associatedData = associatedDataOf(context);
    if (wrapped.length !== WRAPPED_BYTES || wrapped[0] !== FORMAT) throw refusedWrapping();
    const nonce = wrapped.slice(1, CIPHERTEXT_AT);
    const bytes = wrapped.slice(CIPHERTEXT_AT);
    const opened = await this.#keeper.ask({ operation: 'decrypt', bytes, nonce, associatedData }).catch(asRefusal);
    const key = new SecretBytes(new Uint8Array(opened));
    opened.fill(0);
    if (key.length === DATA_KEY_BYTES) return key;
    key.wipe();
    throw refusedWrapping();
  }

  close(): Promise<void> {
    return this.#keeper.close();
  }
}

function associatedDataOf(context: WrappingContext): Uint8Array {
  return new Uint8Array(Buffer.concat([Uint8Array.of(FORMAT), encodeContext(context)]));
}

/** The module's own words for a refusal stay here. */
function asRefusal(error: unknown): never {
  throw error instanceof KeyEncryptionError && error.reason === 'refused' ? refusedWrapping() : error;
}
