import { SecretBytes } from '../crypto/secret-bytes.js';
import type { ProxyConfiguration } from './configuration.js';
import { proxyUrl } from './key-set-parsers.js';
import type { SettingValues } from './settings.js';

/** The proxy as it is set; to be called only where one may be needed. Throws `ConfigurationError` for what is none. */
export function proxyConfiguration({ HTTPS_PROXY: proxy, NO_PROXY: noProxy }: SettingValues): ProxyConfiguration {
  return {
    proxy: proxy === undefined ? undefined : new SecretBytes(new TextEncoder().encode(proxyUrl(proxy, 'HTTPS_PROXY'))),
    noProxy: noProxy ?? '',
  };
}
