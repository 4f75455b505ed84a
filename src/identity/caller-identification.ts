import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { CONFIGURATION, type KmsConfiguration } from '../config/configuration.js';
import { rememberCaller } from './caller.js';
import { presentedToken } from './presented-token.js';
import { TokenVerifier } from './token-verifier.js';

/** Who sent a request, by its token. */
@Injectable()
export class CallerIdentification {
  readonly #ignoresAuthorization: boolean;

  constructor(
    @Inject(TokenVerifier) private readonly verifier: TokenVerifier,
    @Inject(CONFIGURATION) { tokens }: KmsConfiguration,
  ) {
    this.#ignoresAuthorization = tokens.ignoreAuthorization;
  }

  /** Whether a token came; then `callerOf` knows the caller. Throws if it is not valid. */
  async identify(request: FastifyRequest): Promise<boolean> {
    const token = presentedToken(request.raw, this.#ignoresAuthorization);
    if (token === undefined) return false;
    rememberCaller(request, { userId: await this.verifier.verify(token) });
    return true;
  }
}
