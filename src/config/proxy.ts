import type { SecretBytes } from '../crypto/secret-bytes.js';

/** How servers of others are reached. */
export interface ProxyConfiguration {
  /** The URL of the proxy through which https is fetched, as text; it may hold a password. */
  readonly proxy: SecretBytes | undefined;
  /** Hosts that are asked without the proxy, as `NO_PROXY` lists them. */
  readonly noProxy: string;
}
