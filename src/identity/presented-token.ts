import type { IncomingMessage } from 'node:http';
import { DomainError } from '../errors/domain-error.js';
import { invalidToken } from './token-refusals.js';

/** RFC 9110 section 11.1: the scheme's letter case does not matter. The rest may hold anything yet. */
const BEARER = /^Bearer(?: +(.*))?$/i;

/** Whether a request may carry a token: it has a header for one, whatever is in it. */
export function bringsToken({ headers }: IncomingMessage): boolean {
  return 'x-jwt-token' in headers || 'authorization' in headers;
}

/**
 * The token that a request carries in `X-Jwt-Token`, with or without `Bearer` before it, or in `Authorization:
 * Bearer`; `undefined` if neither holds one (an empty header is none). An `Authorization` of another scheme beside
 * `X-Jwt-Token` is somebody else's, usually a proxy's, and is not looked at.
 *
 * Throws `TOKEN.CONFLICT` when two different ones come, also in repeated headers, of which proxies and servers
 * keep different ones; `TOKEN.INVALID` for an `Authorization` of another scheme alone.
 *
 * @param ignoresAuthorization whether `Authorization` is never ours
 */
export function presentedToken(request: IncomingMessage, ignoresAuthorization: boolean): string | undefined {
  // Most signing requests carry neither, and reading headers distinctly parses all of them again.
  if (!bringsToken(request)) return undefined;
  const { 'x-jwt-token': own = [], authorization = [] } = request.headersDistinct;
  const ownTokens = own.map((value) => bearerToken(value) ?? value).filter((token) => token !== '');
  const standard = ignoresAuthorization ? [] : authorization.filter((value) => value !== '').map(bearerToken);
  if (ownTokens.length === 0 && standard.includes(undefined)) {
    throw invalidToken('the Authorization header is not Bearer, a space and the token, and no X-Jwt-Token came');
  }
  const tokens = new Set([...ownTokens, ...standard.filter((token) => token !== undefined && token !== '')]);
  if (tokens.size > 1) throw new DomainError('TOKEN.CONFLICT', 'the request carries two different tokens; send one');
  return [...tokens][0];
}

/** What follows the scheme `Bearer`, empty if nothing does; `undefined` for another scheme or none. */
function bearerToken(value: string): string | undefined {
  const match = BEARER.exec(value);
  return match === null ? undefined : (match[1] ?? '');
}
