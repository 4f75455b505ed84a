import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import type { KeySetConfiguration } from '../../src/config/configuration.js';
import { loadConfiguration } from '../../src/config/load-configuration.js';
import { startWarnings } from '../../src/config/start-warnings.js';
import { refusal } from './environment.js';

const HTTPS = 'https://login.example/keys';
const INTERNAL = 'http://keycloak.auth.svc:8080/keys';
const keySetOf = (environment: NodeJS.ProcessEnv): KeySetConfiguration | undefined =>
  loadConfiguration({ JWT_JWKS_URL: HTTPS, ...environment }).tokens.keySet;
const proxyOf = (environment: NodeJS.ProcessEnv): string | undefined => {
  const proxy = keySetOf(environment)?.proxy;
  return proxy === undefined ? undefined : Buffer.from(proxy.expose()).toString();
};

describe('a key set over plain http', () => {
  it('is allowed from the hosts that are named for it, and warned of', () => {
    for (const hosts of ['keycloak.auth.svc', 'other.host, KEYCLOAK.auth.svc']) {
      const configuration = loadConfiguration({ JWT_JWKS_URL: INTERNAL, JWT_JWKS_HTTP_HOSTS: hosts });
      expect(configuration.tokens.keySet?.url.href).toBe(INTERNAL);
      expect(startWarnings(configuration)).toEqual([expect.stringContaining('JWT_JWKS_URL')]);
    }
    const byAddress = { JWT_JWKS_URL: 'http://[fd00::7]:8080/keys', JWT_JWKS_HTTP_HOSTS: 'fd00::7' };
    expect(loadConfiguration(byAddress).tokens.keySet?.url.hostname).toBe('[fd00::7]');
  });

  it.each(['auth.svc', 'keycloak.auth.svc.evil.example', 'keycloak'])('is refused from others than %s', (hosts) => {
    const line = refusal(() => loadConfiguration({ JWT_JWKS_URL: INTERNAL, JWT_JWKS_HTTP_HOSTS: hosts }));
    expect(line).toMatch(/^JWT_JWKS_URL must be an https URL.*JWT_JWKS_HTTP_HOSTS/);
  });

  it('is not warned of on loopback, nor is https', () => {
    for (const url of ['http://127.0.0.1:8080/keys', HTTPS]) {
      expect(startWarnings(loadConfiguration({ JWT_JWKS_URL: url }))).toEqual([]);
    }
  });
});

describe('the proxy for a key set', () => {
  it('is taken from either spelling, the lower-case one first, and never printed', () => {
    expect(proxyOf({})).toBeUndefined();
    expect(proxyOf({ HTTPS_PROXY: 'http://proxy:3128' })).toBe('http://proxy:3128');
    expect(proxyOf({ HTTPS_PROXY: 'http://upper:1', https_proxy: 'http://lower:2' })).toBe('http://lower:2');
    expect(proxyOf({ https_proxy: 'proxy.example:3128' })).toBe('http://proxy.example:3128');
    expect(keySetOf({ NO_PROXY: '.internal' })?.noProxy).toBe('.internal');
    expect(keySetOf({ no_proxy: '*', NO_PROXY: '.internal' })?.noProxy).toBe('*');
    const secret = keySetOf({ HTTPS_PROXY: 'http://user:hunter22@proxy:3128' });
    expect(inspect(secret, { depth: 9, showHidden: true })).not.toContain('hunter22');
  });

  it('is switched off by an empty spelling in lower case', () => {
    expect(proxyOf({ HTTPS_PROXY: 'http://proxy:3128', https_proxy: '' })).toBeUndefined();
  });

  it.each(['socks5://user:hunter22@proxy:1080', 'http://', 'http://a b'])('is refused as %s', (proxy) => {
    const line = refusal(() => keySetOf({ HTTPS_PROXY: proxy }));
    expect(line).toBe('HTTPS_PROXY must be the http or https URL of a proxy');
    // It concerns nobody who fetches no key set.
    expect(loadConfiguration({ HTTPS_PROXY: proxy }).tokens.keySet).toBeUndefined();
  });
});
