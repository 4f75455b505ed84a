import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { catchError, from, type Observable, switchMap, throwError } from 'rxjs';
import { DeclaredActions } from './declared-actions.js';
import { Refusals } from './refusals.js';

/**
 * Records every denied or failed authenticated request. Approvals are recorded by the use cases, in the
 * transaction of their effect; a refusal has no effect, so its entry has a transaction of its own. When even
 * that cannot be written, the caller is told so instead.
 */
@Injectable()
export class RefusalRecorder implements NestInterceptor {
  constructor(
    private readonly actions: DeclaredActions,
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

  private async record(context: ExecutionContext, error: unknown): Promise<void> {
    const action = this.actions.of(context.getHandler());
    // A route that authenticates nobody; no other starts without a name.
    if (action === undefined) return;
    await this.refusals.record(error, action, context.switchToHttp().getRequest<FastifyRequest>());
  }
}
