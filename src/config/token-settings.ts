import { optionalSetting, setting } from './setting.js';
import { claimValue, oneOf, path, wholeNumber } from './setting-parsers.js';
import { hostNames, keySetUrl } from './key-set-parsers.js';
import { publicKeysPem, sharedSecrets } from './token-key-parsers.js';

/** What checks tokens. */
export const TOKEN_SETTINGS = {
  JWT_SECRET: optionalSetting({
    unit: 'text, one secret a line',
    default: '`DATA_DIR`/jwt-secret, generated when no token key is configured',
    example: 'replace-me-with-32-random-bytes',
    summary:
      'Checks HS256, HS384 and HS512 tokens, as its bytes in UTF-8, or as what is in base64 after `base64:`. In ' +
      'production at least 16 bytes and no placeholder; 32 or more are recommended.',
    parse: sharedSecrets,
  }),
  JWT_SECRET_FILE: optionalSetting({
    unit: 'path',
    default: 'none',
    example: '/run/secrets/jwt-secret',
    summary: 'A file that holds what `JWT_SECRET` would. Set one of the two.',
    isSecretFile: true,
    parse: path,
  }),
  JWT_PUBLIC_KEY: optionalSetting({
    unit: 'PEM, one block or more',
    default: 'none',
    example: String.raw`-----BEGIN PUBLIC KEY-----\nMFkw…\n-----END PUBLIC KEY-----`,
    summary:
      'Checks RS and PS tokens (RSA, at least 2048 bits), ES tokens (P-256, P-384, P-521) or EdDSA tokens ' +
      String.raw`(Ed25519). Line breaks may be written as \n.`,
    parse: publicKeysPem,
  }),
  JWT_PUBLIC_KEY_FILE: optionalSetting({
    unit: 'path',
    default: 'none',
    example: '/etc/kms/token-keys.pem',
    summary: 'A file that holds what `JWT_PUBLIC_KEY` would. Set one of the two.',
    parse: path,
  }),
  JWT_JWKS_URL: optionalSetting({
    unit: 'URL',
    default: 'none',
    example: 'https://login.example/.well-known/jwks.json',
    summary:
      'Checks RS, PS, ES and EdDSA tokens by a key set that is fetched and cached. https, or http on loopback and for ' +
      'the hosts in `JWT_JWKS_HTTP_HOSTS`.',
    parse: keySetUrl,
  }),
  JWT_JWKS_HTTP_HOSTS: optionalSetting({
    unit: 'comma-separated host names',
    default: 'none beyond loopback',
    example: 'keycloak.auth.svc.cluster.local',
    summary: 'Hosts whose key set may come over plain http. Whoever can change it on its way can sign in as anyone.',
    parse: hostNames,
  }),
  HTTPS_PROXY: optionalSetting({
    unit: 'URL',
    default: 'no proxy',
    example: 'http://proxy.example:3128',
    summary:
      'The proxy (CONNECT) through which an https key set is fetched and https witnesses are asked. The spelling ' +
      '`https_proxy` goes first.',
    lowerCase: 'https_proxy',
    // Read only where a key set needs it: a machine's proxy may be of a kind that concerns others.
    parse: (text) => text,
  }),
  NO_PROXY: optionalSetting({
    unit: 'comma-separated hosts',
    default: 'none',
    example: 'localhost,.internal,login.example:8443',
    summary: 'Hosts and their subdomains that are asked without `HTTPS_PROXY`. The spelling `no_proxy` goes first.',
    lowerCase: 'no_proxy',
    parse: (text) => text,
  }),
  JWT_ISSUER: optionalSetting({
    unit: 'text',
    default: 'any issuer',
    example: 'https://login.example/',
    summary: "If set, a token's `iss` must equal it.",
    parse: claimValue,
  }),
  JWT_AUDIENCE: optionalSetting({
    unit: 'text',
    default: 'any audience',
    example: 'kms',
    summary: "If set, a token's `aud` must equal or contain it.",
    parse: claimValue,
  }),
  JWT_LEEWAY_SECONDS: setting({
    unit: 'seconds',
    default: '0',
    example: '5',
    summary: 'How long after its `exp` a token is still accepted, for clocks that differ. At most 60.',
    parse: wholeNumber(0, 60),
  }),
  JWT_IGNORE_AUTHORIZATION: setting({
    unit: 'word',
    default: 'false',
    example: 'true',
    summary: '`true`: `Authorization` belongs to a proxy in front and is not looked at; tokens come in `X-Jwt-Token`.',
    parse: oneOf('false', 'true'),
  }),
} as const;
