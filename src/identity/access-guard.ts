import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { DomainError } from '../errors/domain-error.js';
import { ACCESS_RULE, type AccessRule } from './access.js';
import { CallerIdentification } from './caller-identification.js';

/**
 * Lets a request through only as its route declares. Global, so that a route which declares nothing is refused
 * to everybody (`ACCESS.UNDECLARED`) instead of being open.
 */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    @Inject(Reflector) private readonly reflector: Reflector,
    @Inject(CallerIdentification) private readonly callers: CallerIdentification,
  ) {}

  /** Returns true or throws a `DomainError`; never returns false, which Nest would answer in words of its own. */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const rule = this.reflector.getAllAndOverride<AccessRule | undefined>(ACCESS_RULE, [
      context.getHandler(),
      context.getClass(),
    ]);
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    switch (rule) {
      case 'public':
        this.callers.letAnybody(request);
        return true;
      case 'partial-signature':
        await this.callers.identify(request);
        return true;
      case 'token':
        if (await this.callers.identify(request)) return true;
        throw new DomainError('TOKEN.MISSING', 'send a token in X-Jwt-Token or as Authorization: Bearer');
      case undefined:
        throw new DomainError('ACCESS.UNDECLARED', 'this route declares no access, so nobody may call it');
    }
  }
}
