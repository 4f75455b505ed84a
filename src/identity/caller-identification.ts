import type { FastifyRequest } from 'fastify';
import type { RateLimiter } from '../rate-limits/rate-limiter.js';
import { rememberCaller } from './caller.js';
import { clientAddressOf, networkOf } from './client-address.js';
import { presentedToken } from './presented-token.js';
import type { TokenVerifier } from './token-verifier.js';
import type { UserId } from './user-id.js';

/** Who sent a request, by its token; so it is here that who pays for it is known. */
export class CallerIdentification {
  /** @param ignoresAuthorization whether the header `Authorization` belongs to somebody else, such as a proxy */
  constructor(
    private readonly verifier: TokenVerifier,
    private readonly ignoresAuthorization: boolean,
    private readonly limiter: RateLimiter,
  ) {}

  /**
   * Whether a token came; then `callerOf` knows the caller. Throws if it is not valid, and `RATE.LIMITED` when the caller
   * has sent too many, or nobody is known and the address has.
   */
  async identify(request: FastifyRequest): Promise<boolean> {
    const userId = await this.#userOf(request);
    if (userId === undefined) {
      this.limiter.requirePaid(request.raw);
      return false;
    }
    rememberCaller(request, { userId });
    this.limiter.chargeUser(request.raw, networkOf(clientAddressOf(request.raw)), userId);
    return true;
  }

  /** For routes that nobody is identified for. Throws `RATE.LIMITED`. */
  letAnybody(request: FastifyRequest): void {
    this.limiter.requirePaid(request.raw);
  }

  async #userOf(request: FastifyRequest): Promise<UserId | undefined> {
    try {
      const token = presentedToken(request.raw, this.ignoresAuthorization);
      return token === undefined ? undefined : await this.verifier.verify(token);
    } catch (error) {
      this.limiter.requirePaid(request.raw);
      throw error;
    }
  }
}
