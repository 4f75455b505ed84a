import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';
import type { ListenerConfiguration } from '../../config/configuration.js';
import { DomainError } from '../../errors/domain-error.js';
import type { Refusals } from '../errors/refusals.js';

// Beside the request: which listener it came to is nothing that its sender can say.
const ofOperations = new WeakSet<IncomingMessage>();

/** To be called for each request that comes to `OPERATIONS_PORT`. */
export function cameToOperations(request: IncomingMessage): void {
  ofOperations.add(request);
}

/** Pages and what they are made of; their paths name no one. */
const CONSOLE = /^\/(console(\/|$)|$)/;

/** What operators look at, by the pattern of its route; Swagger UI has several. */
const DOCUMENTS = /^\/(docs|openapi)/;
const METRICS = /^\/metrics$/;
const HEALTH = '/health/';

/** Whether this is the route of a document or of the console, which stand behind no guard. */
export function isUnguarded(route: string): boolean {
  return DOCUMENTS.test(route) || CONSOLE.test(route);
}

/**
 * Answers 404 where a route is served, but not on the port that it was asked for on: documents and metrics where they are
 * configured to be, health everywhere, and nothing else on `OPERATIONS_PORT`.
 */
export function keepToItsPort(
  fastify: FastifyInstance,
  { docs, metrics }: Pick<ListenerConfiguration, 'docs' | 'metrics'>,
  refusals: Refusals,
): void {
  const isServed = (route: string, isOperations: boolean): boolean => {
    const here = isOperations ? 'operations' : 'on';
    if (DOCUMENTS.test(route)) return docs === here;
    if (METRICS.test(route)) return metrics === here;
    return !isOperations || route.startsWith(HEALTH);
  };
  fastify.addHook('onRequest', (request, reply, done) => {
    const { url: route } = request.routeOptions;
    if (route === undefined || isServed(route, ofOperations.has(request.raw))) done();
    else refusals.tell(new DomainError('REQUEST.ROUTE_UNKNOWN', 'there is no such route'), request, reply);
  });
}
