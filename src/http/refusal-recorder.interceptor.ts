import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { catchError, from, type Observable, switchMap, throwError } from 'rxjs';
import { actorOf } from '../audit/actor.js';
import type { AuditSubject } from '../audit/audit-entry.js';
import { AuditTrail } from '../audit/audit-trail.js';
import { AUDITED_AS } from '../audit/audited-as.js';
import { ProvenRefusal } from '../audit/proven-refusal.js';
import { parseClientId, parsePublicKeyName } from '../crypto/key-names.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { ERROR_CATALOGUE } from '../errors/error-catalogue.js';
import { toDomainError } from './to-domain-error.js';

/**
 * Records every denied or failed authenticated request. Approvals are recorded by the use cases, in the
 * transaction of their effect; a refusal has no effect, so its entry has a transaction of its own. When even
 * that cannot be written, the caller is told so instead.
 */
@Injectable()
export class RefusalRecorder implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditTrail,
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
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const actor = actorOf(request);
    // Neither a token nor a partial signature that verified: a stranger, who must not fill the record.
    if (actor.userId === undefined && !(error instanceof ProvenRefusal)) return;
    const { code } = toDomainError(error);
    await this.unitOfWork.write((transaction) =>
      this.audit.record(
        {
          actor,
          action: this.reflector.get<string | undefined>(AUDITED_AS, context.getHandler()) ?? 'unnamed',
          outcome: ERROR_CATALOGUE[code].outcome,
          code,
          ...(error instanceof ProvenRefusal ? error.subject : subjectNamedBy(request)),
        },
        transaction,
      ),
    );
  }
}

/** What the request names in its path and headers; of an untrusted body nothing is recorded. */
function subjectNamedBy(request: FastifyRequest): AuditSubject {
  const { client_id: clientId } = request.params as { client_id?: string };
  const peerPublicKey = request.headers['x-peer-public-key'];
  return {
    clientId: clientId === undefined ? undefined : parseClientId(clientId),
    publicKeyHex: typeof peerPublicKey === 'string' ? parsePublicKeyName(peerPublicKey) : undefined,
  };
}
