import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Refusals } from './refusals.js';

/** Answers for everything that was thrown in Nest's pipeline or in Fastify's. */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  constructor(private readonly refusals: Refusals) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    this.refusals.tell(thrown, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }
}
