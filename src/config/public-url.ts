import { ConfigurationError } from './configuration-error.js';

/** Where clients find the service, when that is not where it listens. */
export interface PublicUrl {
  /** Such as `https://example.org/kms`, without a final slash. */
  readonly href: string;
  /** Such as `/kms`, or empty: what a proxy puts before every path, and takes away again or not. */
  readonly prefix: string;
}

/**
 * An http or https URL in its usual spelling, with or without a path and a final slash. Throws `ConfigurationError` for
 * user, query and fragment, and for paths of anything but plain segments, which proxies rewrite in different ways.
 */
export function publicUrl(text: string, name: string): PublicUrl {
  const href = text.replace(/\/$/, '');
  const [, prefix = ''] = /^https?:\/\/[^/]+((?:\/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*)$/.exec(href) ?? [];
  const url = URL.canParse(href) ? new URL(href) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || href !== url.origin + prefix) {
    throw new ConfigurationError(
      name,
      'must be a URL like https://example.org/kms: lower case up to the path, no default port, user, query or fragment',
    );
  }
  return Object.freeze({ href, prefix });
}
