import { refusedWrapping } from '../key-encryption-error.js';
import { DATA_KEY_BYTES } from '../wrapped-bytes.js';
import type { Mechanism } from './module-api.js';
import { type KeyInSession, type ModuleCipher, written } from './module-cipher.js';

/** The bytes of a wrapping: format (always 1), nonce, ciphertext with tag. */
const FORMAT = Uint8Array.of(1);
const CIPHERTEXT_AT = 1 + 12;
const TAG_BYTES = 16;
const WRAPPED_BYTES = CIPHERTEXT_AT + DATA_KEY_BYTES + TAG_BYTES;

/** AES-256-GCM (CKM_AES_GCM), with format and context as associated data. */
export class AesGcmCipher implements ModuleCipher {
  constructor(
    private readonly at: KeyInSession,
    readonly names: readonly string[],
  ) {}

  wrap(key: Buffer, nonce: Buffer, context: Buffer): Buffer {
    const { calls, session } = this.at;
    calls.C_EncryptInit(session, this.#mechanism(nonce, context), this.at.key);
    const made = written((room) => calls.C_Encrypt(session, key, room));
    return Buffer.concat([FORMAT, nonce, made]);
  }

  unwrap(wrapped: Buffer, context: Buffer): Buffer {
    if (wrapped.length !== WRAPPED_BYTES || wrapped[0] !== FORMAT[0]) throw refusedWrapping();
    const { calls, session } = this.at;
    calls.C_DecryptInit(session, this.#mechanism(wrapped.subarray(1, CIPHERTEXT_AT), context), this.at.key);
    return written((room) => calls.C_Decrypt(session, wrapped.subarray(CIPHERTEXT_AT), room));
  }

  #mechanism(iv: Buffer, context: Buffer): Mechanism {
    const { CKM_AES_GCM: mechanism, CK_PARAMS_AES_GCM_v240: type } = this.at.api;
    const aad = Buffer.concat([FORMAT, context]);
    return { mechanism, parameter: { type, iv, aad, ivBits: iv.length * 8, tagBits: TAG_BYTES * 8 } };
  }
}
