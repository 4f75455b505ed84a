import type { Clock } from '../clock/clock.js';
import { DomainError } from '../errors/domain-error.js';
import { invalidToken } from './invalid-token.js';
import { readUser } from './token-claims.js';
import { readTokenHeader, type TokenHeader } from './token-header.js';
import type { TokenKey } from './token-key.js';
import type { TokenKeySource } from './token-key-source.js';
import type { UserId } from './user-id.js';

/**
 * Tells who a token belongs to. Holds no state of its own and trusts nothing in a token but what a configured key
 * has signed.
 */
export class TokenVerifier {
  /** @param sources in the order in which they are asked */
  constructor(
    private readonly sources: readonly TokenKeySource[],
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
      const verdict = key.verify(token, nowSeconds);
      if (verdict === 'valid') return readUser(token, nowSeconds);
      if (verdict === 'expired') throw new DomainError('TOKEN.EXPIRED', 'the token has expired; sign in again');
    }
    throw invalidToken("the token's signature, issuer or audience is not accepted here");
  }

  async *#keysFor(header: TokenHeader): AsyncGenerator<TokenKey> {
    for (const source of this.sources) yield* await source.keysFor(header);
  }
}
