import type { Clock } from '../clock/clock.js';
import { invalidToken } from './token-refusals.js';
import { type ExpectedOrigin, isSignedBy, type VerificationKey } from './token-check.js';
import { readUser } from './token-claims.js';
import { readTokenHeader, type TokenHeader } from './token-header.js';
import type { TokenKeySource } from './token-key-sources.js';
import type { UserId } from './user-id.js';

/** What is expected of every token, whoever has signed it. */
export interface TokenRules extends ExpectedOrigin {
  /** How long after its expiry a token is still accepted. */
  readonly leewaySeconds: number;
}

/**
 * Tells who a token belongs to. Holds no state of its own and trusts nothing in a token but what a configured key
 * has signed.
 */
export class TokenVerifier {
  /** @param sources in the order in which they are asked */
  constructor(
    private readonly sources: readonly TokenKeySource[],
    private readonly rules: TokenRules,
    private readonly clock: Clock,
  ) {}

  /**
   * The user of a compact token.
   *
   * Throws `TOKEN.INVALID`, `TOKEN.EXPIRED` (of a token whose signature is right), or `TOKEN.KEYS_UNAVAILABLE`
   * when the key that could tell cannot be fetched. No message holds any part of the token.
   */
  async verify(token: string): Promise<UserId> {
    const header = readTokenHeader(token);
    const nowSeconds = this.clock.nowSeconds();
    for await (const key of this.#keysFor(header)) {
      if (await isSignedBy(key, header.algorithm, token, this.rules, nowSeconds)) {
        return readUser(token, nowSeconds, this.rules.leewaySeconds);
      }
    }
    throw invalidToken("the token's signature is not accepted here");
  }

  async *#keysFor(header: TokenHeader): AsyncGenerator<VerificationKey> {
    for (const source of this.sources) yield* await source.keysFor(header);
  }
}
