import { ConfigurationError } from './configuration-error.js';

/** The web pages that may call: all of them, or those of these origins, in which `*` stands for one label. */
export type CorsOrigins = '*' | readonly string[];

/** What a browser sends where a page has no origin that it could name: sandboxed frames, files, some web views. */
const OPAQUE_ORIGIN = 'null';

/**
 * Origins of pages that come from no web server, by scheme: what browsers make of extensions, and shells that show
 * web pages as applications. Each has its own form; another form is never sent.
 */
const APPLICATION_ORIGINS = new Map([
  ['chrome-extension', /^[a-p]{32}$/],
  ['moz-extension', /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/],
  ['safari-web-extension', /^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$/i],
  ...['capacitor', 'ionic', 'tauri', 'app'].map((scheme): [string, RegExp] => [scheme, /^[a-z0-9.-]+$/]),
]);

/**
 * `*`, or a comma-separated list of origins exactly as browsers send them: of web pages, in which the first label of
 * the host may be `*`; of extensions and applications; and `null`. Throws `ConfigurationError` that tells which entry
 * no browser would ever send.
 */
export function corsOrigins(text: string, name: string): CorsOrigins {
  if (text === '*') return text;
  const origins = text.split(',').map((origin) => origin.trim());
  const wrong = origins.findIndex((origin) => !canBeSent(origin));
  if (wrong >= 0) {
    throw new ConfigurationError(
      name,
      'must be * or comma-separated origins like https://wallet.example (lower case, no path, no default port), ' +
        'https://*.wallet.example (the first label alone, with two or more behind it), chrome-extension://…, ' +
        `capacitor://localhost or null; entry ${wrong + 1} is none that a browser sends`,
    );
  }
  return Object.freeze([...new Set(origins)]);
}

function canBeSent(text: string): boolean {
  const [, scheme = '', rest = ''] = /^([a-z-]+):\/\/(.+)$/.exec(text) ?? [];
  if (scheme === 'http' || scheme === 'https') return isWebOrigin(text) || isWildcard(scheme, rest);
  return text === OPAQUE_ORIGIN || APPLICATION_ORIGINS.get(scheme)?.test(rest) === true;
}

function isWebOrigin(text: string): boolean {
  return !text.includes('*') && URL.canParse(text) && new URL(text).origin === text;
}

/** One label in front of a name of several, so that nobody opens the service to a whole top-level domain. */
function isWildcard(scheme: string, rest: string): boolean {
  const parent = rest.startsWith('*.') ? rest.slice(2) : '';
  const isNarrow = /^([a-z0-9_-]+\.)+[a-z0-9-]+(:[0-9]+)?$/.test(parent) || /^localhost(:[0-9]+)?$/.test(parent);
  return isNarrow && isWebOrigin(`${scheme}://any.${parent}`);
}
