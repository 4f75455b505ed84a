import { optionalSetting } from './setting.js';
import { claimValue, keySetUrl } from './setting-parsers.js';
import { publicKeyPem, sharedSecret } from './token-key-parsers.js';

/** What checks tokens. */
export const TOKEN_SETTINGS = {
  JWT_SECRET: optionalSetting({
    unit: 'text',
    default: '`DATA_DIR`/jwt-secret, generated when no token key is configured',
    example: 'replace-me-with-32-random-bytes',
    summary:
      'Checks HS256, HS384 and HS512 tokens, as its bytes in UTF-8. In production at least 16 bytes and no ' +
      'placeholder; 32 or more are recommended.',
    parse: sharedSecret,
  }),
  JWT_PUBLIC_KEY: optionalSetting({
    unit: 'PEM',
    default: 'none',
    example: String.raw`-----BEGIN PUBLIC KEY-----\nMFkw…\n-----END PUBLIC KEY-----`,
    summary:
      'Checks RS and PS tokens (RSA, at least 2048 bits) or ES tokens (P-256, P-384, P-521). ' +
      String.raw`Line breaks may be written as \n.`,
    parse: publicKeyPem,
  }),
  JWT_JWKS_URL: optionalSetting({
    unit: 'URL',
    default: 'none',
    example: 'https://login.example/.well-known/jwks.json',
    summary: 'Checks RS, PS and ES tokens by a key set that is fetched and cached. https, or http on loopback.',
    parse: keySetUrl,
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
} as const;
