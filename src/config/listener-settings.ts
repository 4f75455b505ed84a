import { addressRanges } from './address-ranges.js';
import { corsOrigins } from './cors-origins.js';
import { publicUrl } from './public-url.js';
import { optionalSetting, setting } from './setting.js';
import { hostName, path, wholeNumber } from './setting-parsers.js';

const port = wholeNumber(0, 65_535);

/** Where the service listens, and who may call it from a browser. */
export const LISTENER_SETTINGS = {
  HOST: setting({
    unit: 'IP address or host name',
    default: '127.0.0.1',
    example: '0.0.0.0',
    summary: 'Where every listener listens. Beyond loopback without TLS is warned of.',
    parse: hostName,
  }),
  PORT: setting({
    unit: 'TCP port',
    default: '3000',
    example: '8080',
    summary:
      'Both dialects and health; Swagger and metrics unless `DOCS` and `METRICS` say otherwise. 0 takes any free port.',
    parse: port,
  }),
  ZVAULT_PORT: optionalSetting({
    unit: 'TCP port',
    default: 'no listener',
    example: '8081',
    summary: "Also serves ZVault's SDK dialect at the root of this port. The ports must differ.",
    parse: port,
  }),
  ZAUTH_PORT: optionalSetting({
    unit: 'TCP port',
    default: 'no listener',
    example: '8082',
    summary: "Also serves ZAuth's SDK dialect at the root of this port. The ports must differ.",
    parse: port,
  }),
  HTTP_KEEP_ALIVE_SECONDS: setting({
    unit: 'seconds',
    default: '72',
    example: '620',
    summary:
      'How long a connection without a request is kept open, on every port. Longer than that of a proxy in front, or it ' +
      'now and then sends a request into a connection that is being closed. 1 to 3600.',
    parse: wholeNumber(1, 3600),
  }),
  TLS_CERT_FILE: optionalSetting({
    unit: 'path',
    default: 'plain HTTP',
    example: '/etc/kms/tls.crt',
    summary: 'Certificate and chain in PEM. With `TLS_KEY_FILE` every listener speaks HTTPS, TLS 1.2 or later.',
    parse: path,
  }),
  TLS_KEY_FILE: optionalSetting({
    unit: 'path',
    default: 'plain HTTP',
    example: '/etc/kms/tls.key',
    summary: "The certificate's private key in PEM, unencrypted. Set both or neither.",
    isSecretFile: true,
    parse: path,
  }),
  PUBLIC_URL: optionalSetting({
    unit: 'URL',
    default: 'where it listens',
    example: 'https://example.org/kms',
    summary:
      'Where clients find the service behind a proxy, with the path that the proxy puts before every other. Swagger and ' +
      'what is printed at the start show it; whether the proxy takes the path away again does not matter.',
    parse: publicUrl,
  }),
  CORS_ORIGINS: setting({
    unit: '`*` or comma-separated origins',
    default: '*',
    example: 'https://wallet.example,https://app.example:8443',
    summary:
      'Which web pages may call. `https://*.wallet.example` stands for every single label in that place; extensions, ' +
      'applications and `null` are named as browsers send them. Credentials are never allowed.',
    parse: corsOrigins,
  }),
  TRUSTED_PROXIES: optionalSetting({
    unit: 'comma-separated IP addresses and networks',
    default: 'none',
    example: '10.0.0.0/8,2001:db8::/32',
    summary:
      'Proxies in front whose `X-Forwarded-For` is believed: the client is the last one in it that is none of them. From ' +
      'anybody else the header is not looked at. Without it everybody behind a proxy is one address.',
    parse: addressRanges,
  }),
  MAX_CONNECTIONS: optionalSetting({
    unit: 'connections',
    default: '8192, or fewer where fewer files may be opened',
    example: '20000',
    summary:
      'How many connections may be open at a time, on all ports together, half of them of one address (but for loopback ' +
      'and `TRUSTED_PROXIES`); more are closed at once. Refused at the start where the limit of open files does not let it.',
    parse: wholeNumber(1, 1_000_000),
  }),
} as const;
