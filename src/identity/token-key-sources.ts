import type { KeyObject } from 'node:crypto';
import { webcrypto } from 'node:crypto';
import type { CryptoKey } from 'jose';
import { algorithmsOf, SECRET_ALGORITHMS, type SignatureAlgorithm } from '../config/signature-algorithms.js';
import type { SecretBytes } from '../crypto/secret-bytes.js';
import type { VerificationKey } from './token-check.js';
import type { TokenHeader } from './token-header.js';

/** Where keys that check tokens come from. */
export interface TokenKeySource {
  /**
   * The keys that may check a token with this header, pinned to its algorithm; none if there are none. Rejects with
   * `TOKEN.KEYS_UNAVAILABLE` when that cannot be known now.
   */
  keysFor(header: TokenHeader): Promise<readonly VerificationKey[]>;
}

/** A shared secret: HS256, HS384 and HS512. The key id is the issuer's own affair: it chooses nothing here. */
export class SharedSecret implements TokenKeySource {
  readonly #keys = new Map<SignatureAlgorithm, Promise<CryptoKey>>();

  constructor(private readonly secret: SecretBytes) {}

  async keysFor({ algorithm }: TokenHeader): Promise<readonly VerificationKey[]> {
    if (!SECRET_ALGORITHMS.some((name) => name === algorithm)) return [];
    const key = this.#keys.get(algorithm) ?? this.#imported(algorithm);
    this.#keys.set(algorithm, key);
    return [await key];
  }

  /** As a key that cannot be exported again; given the bytes themselves, the library would import them each time. */
  #imported(algorithm: SignatureAlgorithm): Promise<CryptoKey> {
    const hash = `SHA-${algorithm.slice(2)}`;
    return webcrypto.subtle.importKey('raw', this.secret.expose(), { name: 'HMAC', hash }, false, ['verify']);
  }
}

/** A public key from the configuration, pinned to what its type and curve allow. The key id chooses nothing here. */
export class ConfiguredKey implements TokenKeySource {
  constructor(private readonly key: KeyObject) {}

  keysFor({ algorithm }: TokenHeader): Promise<readonly VerificationKey[]> {
    return Promise.resolve(algorithmsOf(this.key).includes(algorithm) ? [this.key] : []);
  }
}
