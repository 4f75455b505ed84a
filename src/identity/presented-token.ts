import type { IncomingMessage } from 'node:http';
import { DomainError } from '../errors/domain-error.js';
import { invalidToken } from './invalid-token.js';

/**
 * The token that a request carries in `X-Jwt-Token` or `Authorization: Bearer`; `undefined` if neither holds
 * one (an empty header is none).
 *
 * Throws `TOKEN.CONFLICT` when two different ones come, also in repeated headers, of which proxies and servers
 * keep different ones; `TOKEN.INVALID` for an `Authorization` of another scheme.
 */
export function presentedToken(request: IncomingMessage): string | undefined {
  // Most signing requests carry neither, and reading headers distinctly parses all of them again.
  if (!('x-jwt-token' in request.headers) && !('authorization' in request.headers)) return undefined;
  const { 'x-jwt-token': own = [], authorization = [] } = request.headersDistinct;
  const tokens = new Set([...own, ...authorization.map(bearerToken)].filter((token) => token !== ''));
  if (tokens.size > 1) throw new DomainError('TOKEN.CONFLICT', 'the request carries two different tokens; send one');
  return [...tokens][0];
}

/** RFC 6750 section 2.1; the scheme's letter case does not matter (RFC 9110 section 11.1). */
function bearerToken(value: string): string {
  if (value === '') return '';
  const match = /^Bearer(?: +(\S*))?$/i.exec(value);
  if (match === null) throw invalidToken('the Authorization header must be: Bearer, a space and the token');
  return match[1] ?? '';
}
