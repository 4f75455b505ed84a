import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { catchError, from, type Observable, switchMap, throwError } from 'rxjs';
import { AUDITED_AS } from '../../audit/audited-as.js';
import { Refusals } from './refusals.js';

/**
 * Records every denied or failed authenticated request. Approvals are recorded by the use cases, in the
 * transaction of their effect; a refusal has no effect, so its entry has a transaction of its own. When even
 * that cannot be written, the caller is told so instead.
 */
@Injectable()
export class RefusalRecorder implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    private readonly refusals: Refusals,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next
      .handle()
      .pipe(
        catchError((error: unknown) =>
          from(this.record(context, error)).pipe(switchMap(() => throwError(() => error))),
        ),
      );
  }

  private record(context: ExecutionContext, error: unknown): Promise<void> {
    const action = this.reflector.get<string | undefined>(AUDITED_AS, context.getHandler()) ?? 'unnamed';
    return this.refusals.record(error, action, context.switchToHttp().getRequest<FastifyRequest>());
  }
}
