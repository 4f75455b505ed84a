import { randomUUID } from 'node:crypto';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { LogController } from 'fastify';
import type { FastifyReply, FastifyRequest, RawServerDefault } from 'fastify';
import type { KmsConfiguration } from '../config/configuration.js';
import { corsHeaders } from './cors.js';
import { errorAnswer } from './error-answer.js';
import { logOptions } from './log-options.js';
import type { LogSink } from './log-options.js';
import { BODY_LIMIT_BYTES, keepBodiesRaw } from './raw-body.js';
import { toDomainError } from './to-domain-error.js';

/** A client that needs longer than this for one request is cut off. */
const REQUEST_TIMEOUT_MS = 30_000;

/** Fastify's own 100 is less than a public key, which clients put where a client id belongs. */
const MOST_CHARACTERS_OF_A_PATH_PARAMETER = 1024;

/** Fastify as this service needs it: own request ids, raw bodies, quiet logs, TLS when configured. */
export function fastifyAdapter(configuration: KmsConfiguration, sink?: LogSink): FastifyAdapter {
  const options = {
    logger: logOptions(configuration, sink),
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    routerOptions: { maxParamLength: MOST_CHARACTERS_OF_A_PATH_PARAMETER },
    // On shutdown requests under way are answered; connections that only wait are closed.
    forceCloseConnections: 'idle',
    // What Fastify refuses before it has found a route, such as a path that does not decode.
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) => {
      const answer = errorAnswer(toDomainError(error), request);
      // The hooks that say this of every other answer have not run.
      void reply.header('X-Request-Id', request.id).header('X-Content-Type-Options', 'nosniff');
      void reply.headers(corsHeaders(configuration.corsOrigins, request.headers.origin));
      void reply.status(answer.status).headers(answer.headers).send(answer.body);
    },
  } as const;
  const { tls } = configuration;
  const adapter =
    tls === undefined
      ? new FastifyAdapter<RawServerDefault>(options)
      : // Nest's constructor types know no `https` beside plain HTTP options; Fastify's own do.
        new FastifyAdapter({ ...options, https: tlsServerOptions(tls) } as ConstructorParameters<
          typeof FastifyAdapter
        >[0]);
  keepBodiesRaw(adapter.getInstance());
  return adapter as FastifyAdapter;
}

/** TLS 1.2 or later, for every listener. */
export function tlsServerOptions(tls: NonNullable<KmsConfiguration['tls']>): {
  readonly cert: string;
  readonly key: Buffer;
  readonly minVersion: 'TLSv1.2';
} {
  return { cert: tls.certificatePem, key: Buffer.from(tls.privateKeyPem.expose()), minVersion: 'TLSv1.2' };
}
