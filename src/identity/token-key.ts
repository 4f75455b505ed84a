import { createSecretKey, type KeyObject } from 'node:crypto';
import { JwtService, TokenExpiredError } from '@nestjs/jwt';
import { algorithmsOf, SECRET_ALGORITHMS, type SignatureAlgorithm } from '../config/signature-algorithms.js';
import type { SecretBytes } from '../crypto/secret-bytes.js';

/** What a token must say of its origin, where that is configured. */
export interface ExpectedOrigin {
  readonly issuer: string | undefined;
  readonly audience: string | undefined;
}

/** What checking a token with one key found: `refused` for a wrong signature, issuer or audience. */
export type Verdict = 'valid' | 'expired' | 'refused';

/** One key that checks tokens, and the only algorithms that it checks them with. */
export class TokenKey {
  readonly #jwt: JwtService;

  private constructor(
    key: KeyObject,
    readonly algorithms: readonly SignatureAlgorithm[],
    { issuer, audience }: ExpectedOrigin,
  ) {
    this.#jwt = new JwtService({
      ...(key.type === 'secret' ? { secret: key } : { publicKey: key }),
      verifyOptions: {
        algorithms: [...algorithms],
        // The library has one tolerance for both ends; ours is for the beginning only (token-claims).
        ignoreNotBefore: true,
        ...(issuer === undefined ? {} : { issuer }),
        ...(audience === undefined ? {} : { audience }),
      },
    });
  }

  /** A shared secret: HS256, HS384 and HS512. */
  static ofSecret(secret: SecretBytes, origin: ExpectedOrigin): TokenKey {
    return new TokenKey(createSecretKey(secret.expose()), SECRET_ALGORITHMS, origin);
  }

  /**
   * A public key, pinned to what its type and curve allow and, if its publisher named an algorithm, to that one.
   * Such a key may be left with no algorithm at all; it then accepts nothing.
   */
  static ofPublicKey(key: KeyObject, origin: ExpectedOrigin, published?: string): TokenKey {
    const allowed = algorithmsOf(key).filter((algorithm) => published === undefined || algorithm === published);
    return new TokenKey(key, allowed, origin);
  }

  /**
   * Checks the signature of a compact token, then expiry, issuer and audience; never throws.
   *
   * @param nowSeconds Unix time
   */
  verify(token: string, nowSeconds: number): Verdict {
    try {
      this.#jwt.verify(token, { clockTimestamp: nowSeconds });
      return 'valid';
    } catch (error) {
      return error instanceof TokenExpiredError ? 'expired' : 'refused';
    }
  }
}
