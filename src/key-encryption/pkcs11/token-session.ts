import { createHash } from 'node:crypto';
import type { RandomBytes } from '../../crypto/random-bytes.js';
import { KeyEncryptionError, refusedWrapping } from '../key-encryption-error.js';
import { DATA_KEY_BYTES } from '../wrapped-bytes.js';
import { returnValueOf } from './module-api.js';
import type { ModuleCipher } from './module-cipher.js';
import { missing, unavailable } from './module-failures.js';
import type { Question } from './protocol.js';

const NONCE_BYTES = 12;

/** Said by modules whose device or session is gone: nothing that follows would go better. */
const LOST =
  /^CKR_(?:HOST_MEMORY|DEVICE_\w+|SESSION_\w+|TOKEN_\w+|USER_NOT_LOGGED_IN|CRYPTOKI_NOT_INITIALIZED|KEY_HANDLE_INVALID|OPERATION_\w+|SLOT_ID_INVALID)$/;

/** Said of a key that was made for something else, and by modules that do not know what we need. */
const UNFIT = /^CKR_(?:KEY_FUNCTION_NOT_PERMITTED|KEY_TYPE_INCONSISTENT|KEY_SIZE_RANGE|MECHANISM_\w+)$/;

/** A session that is logged in, and what is asked of the key in it. Lives in the child alone; every call blocks. */
export class TokenSession {
  /** Of public attributes of the key. */
  readonly fingerprint: string;

  constructor(
    private readonly cipher: ModuleCipher,
    private readonly randomBytes: RandomBytes,
  ) {
    const names = ['split-key-kms/key-encryption/1/pkcs11', ...cipher.names].join('\n');
    this.fingerprint = createHash('sha256').update(names).digest('hex').slice(0, 16);
  }

  /** A wrapping, or the data key in it. Throws `KeyEncryptionError`; after `unavailable` the session is lost. */
  compute({ operation, bytes, nonce, context }: Omit<Question, 'id'>): Uint8Array {
    const [input, named] = [Buffer.from(bytes), Buffer.from(context)];
    try {
      if (operation === 'wrap') return new Uint8Array(this.cipher.wrap(input, Buffer.from(nonce), named));
      return new Uint8Array(this.cipher.unwrap(input, named));
    } catch (error) {
      throw error instanceof KeyEncryptionError ? error : this.#failureOf(error);
    } finally {
      input.fill(0);
    }
  }

  /**
   * Modules say of an altered ciphertext whatever they like, SoftHSM `CKR_GENERAL_ERROR`, which can be a device that fails
   * as well. So a refusal is believed of a module only that still does what it did.
   */
  #failureOf(error: unknown): KeyEncryptionError {
    const value = returnValueOf(error) ?? 'unknown error';
    if (UNFIT.test(value)) return missing(`the key in the PKCS#11 module is not fit to wrap (${value})`);
    if (LOST.test(value) || !this.#works()) return unavailable(`the PKCS#11 module failed (${value})`);
    return refusedWrapping();
  }

  #works(): boolean {
    const [probe, nonce] = [Buffer.alloc(DATA_KEY_BYTES), Buffer.from(this.randomBytes(NONCE_BYTES))];
    try {
      return Buffer.compare(this.cipher.unwrap(this.cipher.wrap(probe, nonce, probe), probe), probe) === 0;
    } catch {
      return false;
    }
  }
}
