import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

/**
 * The two ways in which the same calls are served (wire.md section 1): the documented API at the root, and
 * what gosdk and the WASM SDK expect, under `/zvault` and `/zauth`.
 */
export type Dialect = 'documented' | 'sdk';

/** The part of a request that decides its dialect. */
export type Routed = Pick<FastifyRequest, 'url'> & { readonly routeOptions: { readonly url?: string | undefined } };

const SDK_PREFIX = /^\/(zvault|zauth)([/?#]|$)/;

/**
 * The matched route's pattern, such as `/zvault/keys/:client_id`; for an unknown route the path that was asked
 * for. The pattern decides and not the path.
 */
export function routeOf(request: Routed): string {
  return request.routeOptions.url ?? request.url;
}

export function dialectOf(request: Routed): Dialect {
  return SDK_PREFIX.test(routeOf(request)) ? 'sdk' : 'documented';
}

/** The dialect of the request, for the few answers whose content differs. */
export const CurrentDialect = createParamDecorator((_: unknown, context: ExecutionContext): Dialect =>
  dialectOf(context.switchToHttp().getRequest<FastifyRequest>()),
);
