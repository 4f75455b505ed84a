import { createHash } from 'node:crypto';
import type { RandomBytes } from '../../crypto/random-bytes.js';
import { KeyEncryptionError } from '../key-encryption-error.js';
import { type Attribute, type Handle, type ModuleApi, type ModuleCalls, returnValueOf } from './module-api.js';
import type { ModuleKey, Question } from './protocol.js';

const NONCE_BYTES = 12;
const TAG_BITS = 128;
const MOST_OUTPUT_BYTES = 256;
const KEY_BYTES = 32;

/** Said by modules whose device or session is gone: nothing that follows would go better. */
const LOST =
  /^CKR_(?:HOST_MEMORY|DEVICE_\w+|SESSION_\w+|TOKEN_\w+|USER_NOT_LOGGED_IN|CRYPTOKI_NOT_INITIALIZED|KEY_HANDLE_INVALID|OPERATION_\w+|SLOT_ID_INVALID)$/;

/** One session with a token, logged in, and the one key that is used in it. Lives in the child alone; every call blocks. */
export class TokenSession {
  /** Of the token's serial number and the key's id and label. */
  readonly fingerprint: string;
  readonly #key: Handle;

  /** Throws `KeyEncryptionError`: `missing`, `refused` (the PIN), or `unavailable`. */
  constructor(
    private readonly api: ModuleApi,
    private readonly calls: ModuleCalls,
    private readonly session: Handle,
    private readonly randomBytes: RandomBytes,
    { serialNumber, key }: { readonly serialNumber: string; readonly key: ModuleKey },
  ) {
    this.#key = this.#find(key);
    const [id, label, length] = this.#attributes(api.CKA_ID, api.CKA_LABEL, api.CKA_VALUE_LEN);
    if (length?.readUIntLE(0, 4) !== KEY_BYTES)
      throw missing('the key in the PKCS#11 module is no AES key of 256 bits');
    const names = [serialNumber.trim(), id?.toString('hex') ?? '', label?.toString('hex') ?? ''];
    this.fingerprint = createHash('sha256')
      .update(['split-key-kms/key-encryption/1/pkcs11', ...names].join('\n'))
      .digest('hex')
      .slice(0, 16);
  }

  /** Ciphertext and tag, or the plaintext of these. Throws `KeyEncryptionError`; after `unavailable` the session is lost. */
  compute({ operation, bytes, nonce, associatedData }: Omit<Question, 'id'>): Uint8Array {
    const output = Buffer.alloc(MOST_OUTPUT_BYTES);
    try {
      const made = this.#call(operation, Buffer.from(bytes), Buffer.from(nonce), Buffer.from(associatedData), output);
      return new Uint8Array(made);
    } catch (error) {
      throw this.#failureOf(error, operation);
    } finally {
      output.fill(0);
    }
  }

  #call(operation: Question['operation'], input: Buffer, iv: Buffer, aad: Buffer, output: Buffer): Buffer {
    const { CKM_AES_GCM: mechanism, CK_PARAMS_AES_GCM_v240: type } = this.api;
    const gcm = { mechanism, parameter: { type, iv, aad, ivBits: iv.length * 8, tagBits: TAG_BITS } };
    if (operation === 'encrypt') {
      this.calls.C_EncryptInit(this.session, gcm, this.#key);
      return this.calls.C_Encrypt(this.session, input, output);
    }
    this.calls.C_DecryptInit(this.session, gcm, this.#key);
    return this.calls.C_Decrypt(this.session, input, output);
  }

  /**
   * Modules say of an altered ciphertext whatever they like, SoftHSM `CKR_GENERAL_ERROR`, which can be a device that fails
   * as well. So a refusal is believed of a module only that still does what it did.
   */
  #failureOf(error: unknown, operation: Question['operation']): KeyEncryptionError {
    const value = returnValueOf(error);
    if (value === undefined || LOST.test(value) || !this.#works()) {
      return unavailable(`the PKCS#11 module failed (${value ?? 'unknown error'})`);
    }
    return new KeyEncryptionError('refused', `the PKCS#11 module refuses to ${operation} (${value})`);
  }

  #works(): boolean {
    const [probe, nonce] = [Buffer.alloc(KEY_BYTES), Buffer.from(this.randomBytes(NONCE_BYTES))];
    const output = Buffer.alloc(MOST_OUTPUT_BYTES);
    try {
      const wrapped = Buffer.from(this.#call('encrypt', probe, nonce, probe, output));
      return Buffer.compare(this.#call('decrypt', wrapped, nonce, probe, output), probe) === 0;
    } catch {
      return false;
    }
  }

  #find({ keyLabel, keyIdHex }: ModuleKey): Handle {
    const { api, calls, session } = this;
    const template: Attribute[] = [
      { type: api.CKA_CLASS, value: api.CKO_SECRET_KEY },
      { type: api.CKA_KEY_TYPE, value: api.CKK_AES },
    ];
    if (keyLabel !== undefined) template.push({ type: api.CKA_LABEL, value: keyLabel });
    if (keyIdHex !== undefined) template.push({ type: api.CKA_ID, value: Buffer.from(keyIdHex, 'hex') });
    calls.C_FindObjectsInit(session, template);
    const [found, ...others] = calls.C_FindObjects(session, 2);
    calls.C_FindObjectsFinal(session);
    if (found === undefined) throw missing('the PKCS#11 token has no AES key of this label and id');
    if (others.length > 0) throw missing('the PKCS#11 token has more than one AES key of this label and id');
    return found;
  }

  #attributes(...types: readonly number[]): (Buffer | undefined)[] {
    const template = types.map((type) => ({ type }));
    return this.calls.C_GetAttributeValue(this.session, this.#key, template).map(({ value }) => value);
  }
}

export function missing(message: string): KeyEncryptionError {
  return new KeyEncryptionError('missing', message);
}

export function unavailable(message: string): KeyEncryptionError {
  return new KeyEncryptionError('unavailable', message);
}
