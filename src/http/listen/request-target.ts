import { pathOf } from '../body/url-path.js';

/** Scheme and authority, as clients of a proxy send them before the path (RFC 9112 section 3.2.2). */
const AUTHORITY = /^https?:\/\/[^/?#]+/i;

/**
 * The path and query that a request line's target asks for, always beginning with a slash. `http://host/path` is `/path`,
 * whatever the host: who sends that meant us. What is no path at all (`*`) becomes one that no route has.
 */
export function pathAndQueryOf(target: string): string {
  if (target.startsWith('/')) return target;
  const [authority = ''] = AUTHORITY.exec(target) ?? [];
  const rest = target.slice(authority.length);
  return rest.startsWith('/') ? rest : `/${rest}`;
}

/**
 * Letters, digits, `-`, `.`, `_` and `~` as percent and two digits: another spelling of the same path (RFC 3986 section
 * 2.3), for which no client has a reason.
 */
const SPELLED_OUT = /%(?:2[de]|3[0-9]|4[1-9a-f]|5[0-9af]|6[1-9a-f]|7[0-9ae])/i;

/**
 * Whether a path is spelled in a way that another reader could take for another path: the router decodes it, and what
 * looks at the path before the router does not.
 */
export function isSpelledOut(url: string): boolean {
  return url.includes('%') && SPELLED_OUT.test(pathOf(url));
}

/** The request line at the beginning of what a client sent, as far as it can be made out. */
export function requestLineOf(bytes: Uint8Array): { readonly method: string; readonly target: string } | undefined {
  const [, method, target] = /^([A-Z]+) (\S+)/.exec(Buffer.from(bytes).toString('latin1')) ?? [];
  return method === undefined || target === undefined ? undefined : { method, target };
}
