import { randomUUID } from 'node:crypto';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { LogController } from 'fastify';
import type { FastifyReply, FastifyRequest, FastifyServerFactoryHandler } from 'fastify';
import type { ListenerConfiguration } from '../../config/configuration.js';
import { corsHeaders } from './cors.js';
import { errorAnswer } from '../errors/error-answer.js';
import { PATH_PARAMETER_LIMIT_CHARACTERS } from './listener-limits.js';
import type { Listeners } from './listeners.js';
import { logOptions } from './log-options.js';
import type { LogSink } from './log-options.js';
import { BODY_LIMIT_BYTES, keepBodiesRaw } from '../body/raw-body.js';
import { headersOfEveryAnswer } from './security-headers.js';
import { toDomainError } from '../errors/to-domain-error.js';

/**
 * Fastify as this service needs it: own request ids, raw bodies, quiet logs. Its server is one of {@link Listeners};
 * with a server from outside Fastify leaves time-outs and TLS to whoever made it.
 */
export function fastifyAdapter(
  configuration: ListenerConfiguration,
  listeners: Listeners,
  sink?: LogSink,
): FastifyAdapter {
  const headers = headersOfEveryAnswer(configuration.tls !== undefined);
  const adapter = new FastifyAdapter({
    logger: logOptions(configuration, sink),
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    bodyLimit: BODY_LIMIT_BYTES,
    routerOptions: { maxParamLength: PATH_PARAMETER_LIMIT_CHARACTERS },
    serverFactory: (handle: FastifyServerFactoryHandler) => listeners.create('everything', handle),
    // The front door answers those by itself.
    clientErrorHandler: () => undefined,
    // On shutdown requests under way are answered; connections that only wait are closed.
    forceCloseConnections: 'idle',
    // What Fastify refuses before it has found a route, such as a path that does not decode.
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) => {
      const answer = errorAnswer(toDomainError(error), request);
      // The hooks that say this of every other answer have not run.
      void reply.headers(headers).header('X-Request-Id', request.id);
      void reply.headers(corsHeaders(configuration.corsOrigins, request.headers.origin));
      void reply.status(answer.status).headers(answer.headers).send(answer.body);
    },
  });
  keepBodiesRaw(adapter.getInstance());
  return adapter;
}
