import { createCipheriv, createDecipheriv } from 'node:crypto';
import type { RandomBytes } from '../random-bytes.js';
import { SecretBytes } from '../secret-bytes.js';
import type { DomainKey } from './domain-key.js';
import type { EnvelopeParts } from './envelope.js';
import { decodeEnvelope, encodeEnvelope, envelopeHeader, NONCE_BYTES, TAG_BYTES } from './envelope.js';
import type { SealedPlace } from './sealed-place.js';
import { encodeSealedPlace } from './sealed-place.js';
import { SealedValueError } from './sealed-value-error.js';
import type { Sealer } from './sealer.js';

const CIPHER = 'aes-256-gcm';
const OPTIONS = { authTagLength: TAG_BYTES } as const;

/**
 * Authenticated encryption (AEAD) at rest: AES-256-GCM (NIST SP 800-38D) under one domain key, with random 96-bit
 * nonces: by that document's section 8.3 one key may seal 2^32 values, far more than this service makes before its key
 * should be replaced.
 */
export class AesGcmSealer implements Sealer {
  readonly keyId: string;
  readonly #domainKey: DomainKey;
  readonly #randomBytes: RandomBytes;

  constructor(domainKey: DomainKey, randomBytes: RandomBytes) {
    this.keyId = Buffer.from(domainKey.keyId).toString('hex');
    this.#domainKey = domainKey;
    this.#randomBytes = randomBytes;
  }

  seal(plaintext: SecretBytes, place: SealedPlace): Uint8Array {
    const nonce = this.#randomBytes(NONCE_BYTES);
    if (nonce.length !== NONCE_BYTES) throw new RangeError('the source of random bytes gave another length than asked');
    const cipher = createCipheriv(CIPHER, this.#domainKey.key, nonce, OPTIONS);
    cipher.setAAD(this.#associatedData(place));
    const ciphertext = Buffer.concat([cipher.update(plaintext.expose()), cipher.final()]);
    return encodeEnvelope({ keyId: this.#domainKey.keyId, nonce, ciphertext, tag: cipher.getAuthTag() });
  }

  open(envelope: Uint8Array, place: SealedPlace): SecretBytes {
    const parts = decodeEnvelope(envelope);
    if (Buffer.compare(parts.keyId, this.#domainKey.keyId) !== 0) throw new SealedValueError();
    return this.#decrypt(parts, this.#associatedData(place));
  }

  #decrypt(parts: EnvelopeParts, associatedData: Uint8Array): SecretBytes {
    const decipher = createDecipheriv(CIPHER, this.#domainKey.key, parts.nonce, OPTIONS);
    decipher.setAAD(associatedData);
    decipher.setAuthTag(parts.tag);
    const unproven = decipher.update(parts.ciphertext);
    try {
      decipher.final(); // Adds no bytes in GCM; throws when the tag does not match.
      // Into memory of its own: a Buffer may lie in a pool whose other bytes belong to others.
      return new SecretBytes(new Uint8Array(unproven));
    } catch {
      // The reason stays here: OpenSSL's words would say more than the one message does.
      throw new SealedValueError();
    } finally {
      unproven.fill(0);
    }
  }

  #associatedData(place: SealedPlace): Uint8Array {
    return Buffer.concat([envelopeHeader(this.#domainKey.keyId), encodeSealedPlace(place)]);
  }
}
