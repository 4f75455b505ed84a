import { ConfigurationError } from './configuration-error.js';
import { isLoopback } from './loopback.js';
import { hostName } from './setting-parsers.js';

/** Where a key set is fetched from. Whether plain http will do is {@link requireSafeKeySetUrl}'s question. */
export function keySetUrl(text: string, name: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isWeb = url?.protocol === 'https:' || url?.protocol === 'http:';
  if (url === undefined || !isWeb || url.username !== '' || url.password !== '') throw unsafe(name);
  return url;
}

/**
 * Throws unless the key set comes by https, from this machine, or from a host that the operator named for it:
 * whoever can change the answer on its way can sign in as anyone.
 */
export function requireSafeKeySetUrl(url: URL, httpHosts: readonly string[]): void {
  if (url.protocol === 'https:' || isLoopback(url.hostname) || httpHosts.includes(bareHost(url))) return;
  throw unsafe('JWT_JWKS_URL');
}

/** Whether a key set is fetched over a network that can read and change it. */
export function isPlainBeyondLoopback(url: URL): boolean {
  return url.protocol === 'http:' && !isLoopback(url.hostname);
}

function unsafe(name: string): ConfigurationError {
  return new ConfigurationError(
    name,
    'must be an https URL without user or password; http only on loopback and for hosts in JWT_JWKS_HTTP_HOSTS',
  );
}

/** Comma-separated host names or IP addresses, in lower case, without scheme and port. */
export function hostNames(text: string, name: string): readonly string[] {
  return Object.freeze(text.split(',').map((host) => hostName(host.trim(), name).toLowerCase()));
}

/** As in a URL, but IPv6 addresses without their brackets. */
function bareHost({ hostname }: URL): string {
  return hostname.replace(/^\[(.*)\]$/, '$1');
}

/**
 * A proxy as machines name it: `http://proxy:3128`, perhaps with user and password, or without the scheme. Throws for
 * anything else; to be called only where a proxy is needed, since the variable may be meant for others.
 */
export function proxyUrl(text: string, name: string): string {
  const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`;
  if (!URL.canParse(withScheme) || !/^https?:$/.test(new URL(withScheme).protocol)) {
    throw new ConfigurationError(name, 'must be the http or https URL of a proxy');
  }
  return withScheme;
}
