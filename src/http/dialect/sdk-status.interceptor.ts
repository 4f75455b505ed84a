import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Observable, tap } from 'rxjs';
import { dialectOf } from './dialect.js';

/** In the SDK dialect success is always 200: gosdk takes every other status for a failure (wire.md section 1). */
@Injectable()
export class SdkStatus implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(
      tap(() => {
        if (dialectOf(request) === 'sdk') void reply.status(200);
      }),
    );
  }
}
