import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { ListenerConfiguration } from '../../config/configuration.js';
import { clientRequestIdOf } from '../../identity/client-request-id.js';
import { RateLimiter } from '../../rate-limits/rate-limiter.js';
import { ClientAddresses, clientAddressOf } from '../../identity/client-address.js';
import { Metrics } from '../../metrics/metrics.js';
import { serveCors, variance } from './cors.js';
import { refuseEncodedBodies } from '../body/encoded-bodies.js';
import { LeanRoutes } from '../lean/lean-routes.js';
import { Bulkheads } from '../bulkheads/bulkheads.js';
import { RouteLanes } from '../bulkheads/route-lanes.js';
import { BareAnswers } from './bare-answers.js';
import type { Listeners } from './listeners.js';
import { LoadShedding } from '../lean/load-shedding.js';
import { RateLimiting } from '../lean/rate-limiting.js';
import { Refusals } from '../errors/refusals.js';
import { HostCheck } from './host-check.js';
import { headersOfEveryAnswer } from './security-headers.js';
import { isUnguarded, keepToItsPort } from './surface.js';

/**
 * CORS, security headers, request ids, metrics and one log line per request; and before all of it, on every listener,
 * load shedding, places for requests and the refusal of what is no request.
 */
export async function prepareEdge(
  app: NestFastifyApplication,
  configuration: ListenerConfiguration,
  listeners: Listeners,
): Promise<void> {
  const { corsOrigins, tls } = configuration;
  const fastify = app.getHttpAdapter().getInstance();
  // Before CORS, which answers browsers' questions by itself.
  const headers = headersOfEveryAnswer(tls !== undefined);
  fastify.addHook('onRequest', (request, reply, done) => {
    void reply.headers(headers);
    void reply.header('X-Request-Id', request.id);
    done();
  });
  await serveCors(app, corsOrigins);
  refuseEncodedBodies(fastify);
  const limiter = app.get(RateLimiter);
  const leanRoutes = app.get(LeanRoutes);
  const refusals = app.get(Refusals);
  keepToItsPort(fastify, configuration, refusals);
  leanRoutes.install(fastify);
  const lanes = new RouteLanes();
  lanes.install(fastify);
  fastify.addHook('onRequest', (request, reply, done) => {
    // Where no guard stands, nobody can prove to be anybody whom a token could be charged to.
    const isGuarded = !request.is404 && !isUnguarded(request.routeOptions.url ?? 'unmatched');
    if (isGuarded || limiter.isPaid(request.raw)) done();
    else refusals.tell(limiter.refuseAddress(), request, reply);
  });
  observe(app, refusals);
  const answers = new BareAnswers({ ...headers, ...variance(corsOrigins) }, corsOrigins, refusals, fastify.log);
  const bulkheads = new Bulkheads(lanes, leanRoutes, answers, listeners);
  app.get(Metrics).watchBulkheads(bulkheads);
  listeners.prepare({
    hosts: new HostCheck(configuration.allowedHosts),
    addresses: new ClientAddresses(configuration.trustedProxies),
    limiting: new RateLimiting(limiter, leanRoutes, answers),
    shedding: new LoadShedding(leanRoutes, answers, refusals),
    bulkheads,
    answers,
  });
}

function observe(app: NestFastifyApplication, refusals: Refusals): void {
  const metrics = app.get(Metrics);
  const fastify = app.getHttpAdapter().getInstance();
  fastify.addHook('onResponse', (request, reply, done) => {
    // The pattern, not the path: paths name wallets, and would be labels without end.
    const route = request.routeOptions.url ?? 'unmatched';
    const { elapsedTime } = reply;
    metrics.requestAnswered(request.method, route, reply.statusCode, elapsedTime / 1000);
    const line = {
      method: request.method,
      route,
      status: reply.statusCode,
      ms: Math.round(elapsedTime),
      address: clientAddressOf(request.raw),
      clientRequestId: clientRequestIdOf(request),
    };
    refusals.answered(line, request);
    done();
  });
}
