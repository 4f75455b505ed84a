import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { dialectOf } from './dialect.js';
import type { Dialect } from './dialect.js';

/** The dialect of the request, for the few answers whose content differs. */
export const CurrentDialect = createParamDecorator((_: unknown, context: ExecutionContext): Dialect =>
  dialectOf(context.switchToHttp().getRequest<FastifyRequest>()),
);
