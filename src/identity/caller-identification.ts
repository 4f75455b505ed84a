import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { rememberCaller } from './caller.js';
import { presentedToken } from './presented-token.js';
import { TokenVerifier } from './token-verifier.js';

/** Who sent a request, by its token. */
@Injectable()
export class CallerIdentification {
  constructor(@Inject(TokenVerifier) private readonly verifier: TokenVerifier) {}

  /** Whether a token came; then `callerOf` knows the caller. Throws if it is not valid. */
  async identify(request: FastifyRequest): Promise<boolean> {
    const token = presentedToken(request.raw);
    if (token === undefined) return false;
    rememberCaller(request, { userId: await this.verifier.verify(token) });
    return true;
  }
}
