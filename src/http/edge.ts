import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { KmsConfiguration } from '../config/configuration.js';
import { Metrics } from '../metrics/metrics.js';
import { serveCors, variance } from './cors.js';
import { LeanRoutes } from './lean-routes.js';
import { LoadShedding } from './load-shedding.js';
import { Refusals } from './refusals.js';
import { securityHeaders } from './security-headers.js';

/**
 * CORS, security headers, request ids, metrics and one log line per request; and before all of it load shedding, which
 * further listeners need as well.
 */
export async function prepareEdge(app: NestFastifyApplication, configuration: KmsConfiguration): Promise<LoadShedding> {
  const { corsOrigins, tls } = configuration;
  await serveCors(app, corsOrigins);
  const fastify = app.getHttpAdapter().getInstance();
  // No cache may keep answers: they hold user shares and mnemonics.
  const headers = { ...securityHeaders(tls !== undefined), 'cache-control': 'no-store' };
  fastify.addHook('onRequest', (request, reply, done) => {
    void reply.headers(headers);
    void reply.header('X-Request-Id', request.id);
    done();
  });
  const leanRoutes = app.get(LeanRoutes);
  leanRoutes.install(fastify);
  observe(app);
  const loadShedding = new LoadShedding(leanRoutes, app.get(Refusals), fastify.log, {
    ...headers,
    ...variance(corsOrigins),
  });
  loadShedding.standBefore(app.getHttpServer());
  return loadShedding;
}

function observe(app: NestFastifyApplication): void {
  const metrics = app.get(Metrics);
  const fastify = app.getHttpAdapter().getInstance();
  fastify.addHook('onResponse', (request, reply, done) => {
    // The pattern, not the path: paths name wallets, and would be labels without end.
    const route = request.routeOptions.url ?? 'unmatched';
    const { elapsedTime } = reply;
    metrics.requestAnswered(request.method, route, reply.statusCode, elapsedTime / 1000);
    request.log.info(
      { method: request.method, route, status: reply.statusCode, ms: Math.round(elapsedTime) },
      'answered',
    );
    done();
  });
}
