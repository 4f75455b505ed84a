import { statSync } from 'node:fs';
import { expiryWarning } from './certificate-expiry.js';
import type { KmsConfiguration } from './configuration.js';
import { databaseWarnings } from './database-modes.js';
import { isLoopback } from './loopback.js';
import { isPlainBeyondLoopback } from './key-set-parsers.js';
import { isMachineName } from './machine-name.js';
import { isPlaceholderSecret } from './placeholder-secret.js';

/** A shared secret shorter than the least HMAC output can be guessed before the HMAC breaks (RFC 7518 section 3.2). */
const RECOMMENDED_SECRET_BYTES = 32;

/**
 * What an operator should know about a configuration that is allowed but dangerous: one line each, without
 * secrets. Looks at the modes of the data directory and the database if they exist already.
 */
export function startWarnings(configuration: KmsConfiguration, nowMs = Date.now()): string[] {
  const { host, tls, database, txnVerification, tokens } = configuration;
  const secret = weakSecretWarning(configuration);
  const expiry = tls === undefined ? undefined : expiryWarning(tls.notAfterMs, nowMs);
  return [
    ...configuration.environmentWarnings,
    ...(txnVerification === 'trust-hash'
      ? ['TXN_VERIFICATION=trust-hash: hashes are believed, so restrictions protect nothing; not for real keys']
      : []),
    ...(tls === undefined && !isLoopback(host)
      ? [
          'HOST is beyond loopback without TLS: tokens and user shares can be read on the network; ' +
            'set TLS_CERT_FILE and TLS_KEY_FILE or put a TLS proxy in front',
        ]
      : []),
    ...(expiry === undefined ? [] : [expiry]),
    ...(isMachineName(host) && !isLoopback(host)
      ? ["HOST holds this machine's name, as some shells set it by themselves: unset HOST if you did not mean it"]
      : []),
    ...(database === ':memory:' ? ['DATABASE=:memory: forgets every wallet when the service stops'] : []),
    ...(secret === undefined ? [] : [secret]),
    ...(tokens.keySet !== undefined && isPlainBeyondLoopback(tokens.keySet.url)
      ? ['JWT_JWKS_URL is fetched over plain http: whoever can change the answer on its way can sign in as anyone']
      : []),
    ...(isWritableByOthers(configuration.dataDirectory)
      ? ['DATA_DIR can be written by other users of this machine, who can replace the database and its keys']
      : []),
    ...databaseWarnings(configuration),
  ];
}

/** What the service shows in production and may be meant so: told when it serves, since no start fails of it. */
export function surfaceWarnings({ production, corsOrigins, metrics }: KmsConfiguration): string[] {
  if (!production) return [];
  return [
    ...(corsOrigins === '*' ? ['CORS_ORIGINS is *: every web page may call; list the pages of your wallets'] : []),
    ...(metrics === 'on'
      ? ['/metrics is open to whoever reaches PORT: set OPERATIONS_PORT, which takes it along, or METRICS=off']
      : []),
  ];
}

function weakSecretWarning({ tokens: { secrets, secretsSetting } }: KmsConfiguration): string | undefined {
  if (secrets.some((secret) => isPlaceholderSecret(secret.expose()))) {
    return `${secretsSetting} is a placeholder: anybody can mint tokens; production refuses it`;
  }
  return secrets.some((secret) => secret.length < RECOMMENDED_SECRET_BYTES)
    ? `${secretsSetting} has fewer than ${RECOMMENDED_SECRET_BYTES} bytes and may be guessed`
    : undefined;
}

function isWritableByOthers(directory: string): boolean {
  const mode = statSync(directory, { throwIfNoEntry: false })?.mode ?? 0;
  return (mode & 0o022) !== 0;
}
