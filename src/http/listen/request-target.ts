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

/** The request line at the beginning of what a client sent, as far as it can be made out. */
export function requestLineOf(bytes: Uint8Array): { readonly method: string; readonly target: string } | undefined {
  const [, method, target] = /^([A-Z]+) (\S+)/.exec(Buffer.from(bytes).toString('latin1')) ?? [];
  return method === undefined || target === undefined ? undefined : { method, target };
}
