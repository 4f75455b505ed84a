import type { FastifyRequest } from 'fastify';
import { rememberCaller } from './caller.js';
import { presentedToken } from './presented-token.js';
import type { TokenVerifier } from './token-verifier.js';

/** Who sent a request, by its token. */
export class CallerIdentification {
  /** @param ignoresAuthorization whether the header `Authorization` belongs to somebody else, such as a proxy */
  constructor(
    private readonly verifier: TokenVerifier,
    private readonly ignoresAuthorization: boolean,
  ) {}

  /** Whether a token came; then `callerOf` knows the caller. Throws if it is not valid. */
  async identify(request: FastifyRequest): Promise<boolean> {
    const token = presentedToken(request.raw, this.ignoresAuthorization);
    if (token === undefined) return false;
    rememberCaller(request, { userId: await this.verifier.verify(token) });
    return true;
  }
}
