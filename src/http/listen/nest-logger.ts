import type { LoggerService } from '@nestjs/common';
import type { FastifyBaseLogger } from 'fastify';

/** Nest's own messages in the service's one log. Nest's chatter about modules and routes is debug. */
export class NestLogger implements LoggerService {
  constructor(private readonly log_: FastifyBaseLogger) {}

  log(message: unknown, context?: unknown): void {
    this.log_.debug({ context }, String(message));
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.log_.error({ context: rest.at(-1) }, message instanceof Error ? message.message : String(message));
  }

  warn(message: unknown, context?: unknown): void {
    this.log_.warn({ context }, String(message));
  }

  debug(message: unknown, context?: unknown): void {
    this.log_.debug({ context }, String(message));
  }

  verbose(message: unknown, context?: unknown): void {
    this.log_.trace({ context }, String(message));
  }
}
