import { optionalSetting, setting, type Setting } from './setting.js';
import {
  claimValue,
  corsOrigins,
  hostName,
  keySetUrl,
  oneOf,
  path,
  sqliteDatabase,
  wholeNumber,
} from './setting-parsers.js';
import { SIGNING_SETTINGS } from './signing-settings.js';
import { publicKeyPem, sharedSecret } from './token-key-parsers.js';

const port = wholeNumber(0, 65_535);

/** A hundred years: beyond it somebody has mixed up seconds and milliseconds. */
const MOST_TTL_SECONDS = 3_153_600_000;

/** Every environment variable that the service reads, in the order in which `docs/configuration.md` lists them. */
export const SETTINGS = {
  NODE_ENV: setting({
    unit: 'word',
    default: 'development',
    example: 'production',
    summary:
      '`development`, `test` or `production`. In production nothing is generated: a token key and ' +
      '`SEALING_KEY_FILE` must be configured.',
    parse: oneOf('development', 'test', 'production'),
  }),
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
    summary: 'Both dialects, Swagger, health and metrics. 0 takes any free port.',
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
    parse: path,
  }),
  CORS_ORIGINS: setting({
    unit: '`*` or comma-separated origins',
    default: '*',
    example: 'https://wallet.example,https://app.example:8443',
    summary: 'Which web pages may call. Credentials are never allowed.',
    parse: corsOrigins,
  }),
  DATA_DIR: setting({
    unit: 'path',
    default: './data',
    example: '/var/lib/kms',
    summary: 'Holds the database and, outside production, the generated secrets. Made with mode 0700.',
    parse: path,
  }),
  DATABASE: optionalSetting({
    unit: 'path or `:memory:`',
    default: '`DATA_DIR`/kms.sqlite',
    example: '/var/lib/kms/kms.sqlite',
    summary: 'The SQLite file. `:memory:` forgets everything at the end.',
    parse: sqliteDatabase,
  }),
  SEALING_KEY_FILE: optionalSetting({
    unit: 'path',
    default: '`DATA_DIR`/sealing-key, generated',
    example: '/run/secrets/kms-sealing-key',
    summary:
      'The key under which secrets are sealed at rest: 64 hexadecimal digits, or 32 raw bytes. Without this file ' +
      'the database cannot be read; keep a copy elsewhere. Required in production.',
    parse: path,
  }),
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
  KEY_TTL_SECONDS: setting({
    unit: 'seconds',
    default: '0',
    example: '2592000',
    summary: 'How long split keys made without `expires_at` sign. 0 is for ever.',
    parse: wholeNumber(0, MOST_TTL_SECONDS),
  }),
  TXN_VERIFICATION: setting({
    unit: 'word',
    default: 'strict',
    example: 'strict',
    summary:
      "`strict` recomputes a transaction's hash before judging it. `trust-hash` believes the client, which makes " +
      "restrictions worthless; it is for upstream's test suite only.",
    parse: oneOf('strict', 'trust-hash'),
  }),
  SDK_RESTRICTED_MESSAGES: setting({
    unit: 'word',
    default: 'allow',
    example: 'deny',
    summary:
      'Whether a list of restrictions set through the SDK dialect also allows signing messages (`allow`) or not ' +
      '(`deny`). Wallets in the field need messages; a message can be the hash of any transaction.',
    parse: oneOf('allow', 'deny'),
  }),
  BLS_ENGINE: setting({
    unit: 'word',
    default: 'herumi',
    example: 'noble',
    summary: 'Which implementation signs: `herumi` (WebAssembly, fast) or `noble` (TypeScript, slow, independent).',
    parse: oneOf('herumi', 'noble'),
  }),
  ...SIGNING_SETTINGS,
  LOG_LEVEL: setting({
    unit: 'word',
    default: 'info',
    example: 'debug',
    summary: '`trace`, `debug`, `info`, `warn`, `error`, `fatal` or `silent`.',
    parse: oneOf('trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'),
  }),
} as const satisfies Readonly<Record<string, Setting<unknown>>>;

/** The name of an environment variable that the service reads. */
export type SettingName = keyof typeof SETTINGS;

/** What the variables say, each by itself. */
export type SettingValues = {
  readonly [Name in SettingName]: (typeof SETTINGS)[Name] extends Setting<infer Value> ? Value : never;
};
