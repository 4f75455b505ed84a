import { constants, createPublicKey, type KeyObject, publicEncrypt, verify } from 'node:crypto';
import { refusedWrapping } from '../key-encryption-error.js';
import { type KeyInSession, type ModuleCipher, written } from './module-cipher.js';

const SALT_BYTES = 32;
/** CKZ_DATA_SPECIFIED, which pkcs11js does not name: OAEP's label is given, here as nothing. */
const DATA_SPECIFIED = 1;

/** The bytes of a wrapping: format (2 with SHA-256, 3 with SHA-1), ciphertext, signature, both as long as the modulus. */
const OAEP = {
  2: { oaepHash: 'sha256', hash: 'CKM_SHA256', mask: 'CKG_MGF1_SHA256' },
  3: { oaepHash: 'sha1', hash: 'CKM_SHA_1', mask: 'CKG_MGF1_SHA1' },
} as const;
type Format = keyof typeof OAEP;

/** The public half of a key in the module. */
export interface Modulus {
  readonly modulus: Buffer;
  readonly exponent: Buffer;
}

/**
 * RSA-OAEP, and over format, context and ciphertext a signature by the same key (RSASSA-PSS with SHA-256; both RFC 8017). OAEP
 * alone would let everybody wrap who knows the public key, and so put a data key of their choice in the place of ours.
 *
 * Where the module knows OAEP with SHA-1 only, as SoftHSM does, it is that: OAEP does not need a hash without collisions.
 */
export class RsaCipher implements ModuleCipher {
  readonly names: readonly string[];
  readonly #public: KeyObject;
  readonly #format: Format;
  readonly #bytes: number;

  constructor(
    private readonly at: KeyInSession,
    { modulus, exponent }: Modulus,
  ) {
    this.names = [modulus.toString('hex'), exponent.toString('hex')];
    this.#bytes = modulus.length;
    const [n, e] = [modulus.toString('base64url'), exponent.toString('base64url')];
    this.#public = createPublicKey({ format: 'jwk', key: { kty: 'RSA', n, e } });
    this.#format = this.#decrypts(2) ? 2 : 3;
  }

  wrap(key: Buffer, _nonce: Buffer, context: Buffer): Buffer {
    const ciphertext = this.#encrypted(this.#format, key);
    const { calls, session, api } = this.at;
    const { CKM_SHA256_RSA_PKCS_PSS: mechanism, CK_PARAMS_RSA_PSS: type, CKM_SHA256: hashAlg } = api;
    const parameter = { type, hashAlg, mgf: api.CKG_MGF1_SHA256, saltLen: SALT_BYTES };
    calls.C_SignInit(session, { mechanism, parameter }, this.at.key);
    const signed = signedBytes(this.#format, context, ciphertext);
    const signature = written((room) => calls.C_Sign(session, signed, room));
    return Buffer.concat([Uint8Array.of(this.#format), ciphertext, signature]);
  }

  unwrap(wrapped: Buffer, context: Buffer): Buffer {
    const format = wrapped[0];
    if (wrapped.length !== 1 + 2 * this.#bytes || (format !== 2 && format !== 3)) throw refusedWrapping();
    const ciphertext = wrapped.subarray(1, 1 + this.#bytes);
    const signature = wrapped.subarray(1 + this.#bytes);
    const key = { key: this.#public, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: SALT_BYTES };
    if (!verify('sha256', signedBytes(format, context, ciphertext), key, signature)) throw refusedWrapping();
    return this.#decrypted(format, ciphertext);
  }

  #encrypted(format: Format, bytes: Buffer): Buffer {
    const { oaepHash } = OAEP[format];
    return publicEncrypt({ key: this.#public, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash }, bytes);
  }

  #decrypted(format: Format, ciphertext: Buffer): Buffer {
    const { api, calls, session, key } = this.at;
    const { hash, mask } = OAEP[format];
    const { CKM_RSA_PKCS_OAEP: mechanism, CK_PARAMS_RSA_OAEP: type } = api;
    calls.C_DecryptInit(
      session,
      { mechanism, parameter: { type, hashAlg: api[hash], mgf: api[mask], source: DATA_SPECIFIED } },
      key,
    );
    return written((room) => calls.C_Decrypt(session, ciphertext, room));
  }

  #decrypts(format: Format): boolean {
    try {
      return this.#decrypted(format, this.#encrypted(format, Buffer.from('probe'))).toString() === 'probe';
    } catch {
      return false;
    }
  }
}

function signedBytes(format: Format, context: Buffer, ciphertext: Buffer): Buffer {
  // The ciphertext is as long as the modulus, so there is one way only to cut it off.
  return Buffer.concat([Uint8Array.of(format), context, ciphertext]);
}
