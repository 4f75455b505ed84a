import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ProvenRefusal } from '../audit/proven-refusal.js';
import { ERROR_CATALOGUE } from '../errors/error-catalogue.js';
import { callerOf } from '../identity/caller.js';
import { Metrics } from '../metrics/metrics.js';
import { errorAnswer } from './error-answer.js';
import { RefusalLog } from './refusal-log.js';
import { toDomainError } from './to-domain-error.js';

/** Turns everything that was thrown into an answer, and tells metrics and log of what the record leaves out. */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  constructor(
    private readonly metrics: Metrics,
    private readonly refusals: RefusalLog,
  ) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const error = toDomainError(thrown);
    if (ERROR_CATALOGUE[error.code].outcome === 'failed') this.refusals.failed(error, request);
    if (callerOf(request) === undefined && !(error instanceof ProvenRefusal)) {
      this.metrics.strangerRefused(error.code);
      this.refusals.strangerRefused(error, request);
    }
    const answer = errorAnswer(error, request);
    if (answer.status === 401) void reply.header('WWW-Authenticate', 'Bearer');
    // A full queue empties in well under a second.
    if (answer.status === 503) void reply.header('Retry-After', '1');
    void reply.status(answer.status).header('Content-Type', answer.contentType).send(answer.body);
  }
}
