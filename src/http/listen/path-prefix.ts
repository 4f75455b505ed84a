/**
 * Takes the prefix of `PUBLIC_URL` away from a request's target, for a proxy that has left it there. What comes without
 * it stays as it is: the proxy has taken it away, or somebody asks without the proxy.
 *
 * @param url path and query
 * @param prefix such as `/kms`; empty when there is none
 */
export function withoutPrefix(url: string, prefix: string): string {
  if (prefix === '' || !url.startsWith(prefix)) return url;
  const rest = url.slice(prefix.length);
  if (rest.startsWith('/')) return rest;
  // `/kmsomething` is another path.
  return rest === '' || rest.startsWith('?') ? `/${rest}` : url;
}
