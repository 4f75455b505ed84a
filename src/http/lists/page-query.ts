import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { dialectOf } from '../dialect/dialect.js';
import type { Dialect } from '../dialect/dialect.js';
import { queryOf } from '../body/url-path.js';
import { knownParameters, limitOf, oneValue, refusedParameter } from './query-parameters.js';

/** The most entries of one page, and what the documented API answers when nobody says how many. */
export const MOST_OF_A_PAGE = 1000;

/** What is asked of a list (wire.md section 2.7). */
export interface PageAsked {
  /** As it was asked; the next page is linked with the same. */
  readonly limit: number | undefined;
  /** How many entries the page has at most; undefined = all there are. */
  readonly most: number | undefined;
  /** Where the page begins, as the list before it said. */
  readonly cursor: string | undefined;
  readonly shares: 'user' | 'none';
}

const PARAMETERS = ['limit', 'cursor', 'shares'];

/**
 * The page that the query asks for. Throws `REQUEST.INVALID_FIELD` naming the parameter, also when it comes twice. What
 * no list knows is refused in the documented API (`REQUEST.UNKNOWN_PARAMETER`) and ignored in the SDK dialect.
 */
export function pageAsked(query: string, dialect: Dialect): PageAsked {
  const given = dialect === 'documented' ? knownParameters(query, PARAMETERS) : new URLSearchParams(query);
  const limit = limitOf(given, MOST_OF_A_PAGE);
  const shares = oneValue(given, 'shares');
  if (shares !== undefined && shares !== 'none') throw refusedParameter('shares', 'must be none, or absent');
  return {
    limit,
    most: limit ?? (dialect === 'documented' ? MOST_OF_A_PAGE : undefined),
    cursor: oneValue(given, 'cursor'),
    shares: shares ?? 'user',
  };
}

/** A `Link` (RFC 8288) to the page that begins at `cursor`: relative, so that it holds behind any path prefix. */
export function nextLink({ limit, shares }: PageAsked, cursor: string): string {
  const query = new URLSearchParams({
    ...(limit === undefined ? {} : { limit: String(limit) }),
    ...(shares === 'none' ? { shares } : {}),
    cursor,
  });
  return `<?${query.toString()}>; rel="next"`;
}

/** As {@link pageAsked}, of the request. */
export const PageQuery = createParamDecorator((_: unknown, context: ExecutionContext): PageAsked => {
  const request = context.switchToHttp().getRequest<FastifyRequest>();
  return pageAsked(queryOf(request.url), dialectOf(request));
});
