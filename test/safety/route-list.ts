import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { FastifyInstance } from 'fastify';

/** One registered route, such as `POST /key/:client_id`. */
export type RouteName = string;

/**
 * Runs `start` and returns its result with every route that was registered meanwhile: what Fastify itself says at each
 * registration, so nothing that can be called is missing, whoever registered it.
 */
export async function collectRoutes<T>(start: () => Promise<T>): Promise<{ started: T; routes: RouteName[] }> {
  const routes = new Set<RouteName>();
  const listen = (message: unknown): void => {
    const { fastify } = message as { fastify: FastifyInstance };
    fastify.addHook('onRoute', ({ method, url }) => {
      for (const name of [method].flat()) routes.add(`${name} ${url}`);
    });
  };
  subscribe('fastify.initialization', listen);
  try {
    return { started: await start(), routes: [...routes].sort() };
  } finally {
    unsubscribe('fastify.initialization', listen);
  }
}
