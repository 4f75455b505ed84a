import { createCipheriv, createDecipheriv } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { RandomBytes } from '../random-bytes.js';
import { SecretBytes, unmovedCopy } from '../secret-bytes.js';
import { idOf, walletKey } from './data-key.js';
import type { DataKey, KeyRing } from './data-key.js';
import { decodeEnvelope, encodeEnvelope, envelopeHeader, NONCE_BYTES, TAG_BYTES } from './envelope.js';
import type { ReadEnvelope } from './envelope.js';
import type { SealedPlace } from './sealed-place.js';
import { encodeRowPlace, encodeSealedPlace, encodeWalletPlace } from './sealed-place.js';
import { SealedValueError } from './sealed-value-error.js';
import type { Sealer } from './sealer.js';

const CIPHER = 'aes-256-gcm';
const OPTIONS = { authTagLength: TAG_BYTES } as const;

/**
 * Authenticated encryption (AEAD) at rest: AES-256-GCM (NIST SP 800-38D) under a key of each wallet, derived from the data
 * key, with random 96-bit nonces: by that document's section 8.3 one key may seal 2^32 values.
 */
export class RingSealer implements Sealer {
  readonly keyId: string;
  readonly #current: DataKey;
  readonly #keys: ReadonlyMap<string, DataKey>;
  readonly #randomBytes: RandomBytes;

  constructor({ current, earlier }: KeyRing, randomBytes: RandomBytes) {
    this.keyId = idOf(current);
    this.#current = current;
    this.#keys = new Map([current, ...earlier].map((key) => [idOf(key), key]));
    this.#randomBytes = randomBytes;
  }

  seal(plaintext: SecretBytes, place: SealedPlace): Uint8Array {
    const nonce = this.#randomBytes(NONCE_BYTES);
    if (nonce.length !== NONCE_BYTES) throw new RangeError('the source of random bytes gave another length than asked');
    const header = envelopeHeader(this.#current);
    const cipher = createCipheriv(CIPHER, walletKey(this.#current, place.wallet), nonce, OPTIONS);
    cipher.setAAD(Buffer.concat([header, encodeSealedPlace(place)]));
    const ciphertext = Buffer.concat([cipher.update(plaintext.expose()), cipher.final()]);
    return encodeEnvelope({ header, nonce, ciphertext, tag: cipher.getAuthTag() });
  }

  open(envelope: Uint8Array, place: SealedPlace): SecretBytes {
    const read = decodeEnvelope(envelope);
    const key = this.#keys.get(idOf({ id: read.keyId }));
    if (key?.epoch !== read.epoch) throw new SealedValueError();
    if (read.format === 1) return decrypt(key.key, read, encodeRowPlace(place));
    const encoded = read.format === 2 ? encodeWalletPlace(place) : encodeSealedPlace(place);
    return decrypt(walletKey(key, place.wallet), read, encoded);
  }
}

function decrypt(key: KeyObject, { header, nonce, ciphertext, tag }: ReadEnvelope, place: Uint8Array): SecretBytes {
  const decipher = createDecipheriv(CIPHER, key, nonce, OPTIONS);
  decipher.setAAD(Buffer.concat([header, place]));
  decipher.setAuthTag(tag);
  const unproven = decipher.update(ciphertext);
  try {
    decipher.final(); // Adds no bytes in GCM; throws when the tag does not match.
    // Into memory of its own: a Buffer may lie in a pool whose other bytes belong to others.
    return new SecretBytes(unmovedCopy(unproven));
  } catch {
    // The reason stays here: OpenSSL's words would say more than the one message does.
    throw new SealedValueError();
  } finally {
    unproven.fill(0);
  }
}
