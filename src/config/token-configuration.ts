import { ConfigurationError } from './configuration-error.js';
import type { KeySetConfiguration, TokenConfiguration } from './configuration.js';
import { requireSafeKeySetUrl } from './key-set-parsers.js';
import { isPlaceholderSecret } from './placeholder-secret.js';
import { proxyConfiguration } from './proxy-configuration.js';
import type { SettingValues } from './settings.js';
import { readPublicKeyFile, readSecretsFile } from './token-key-files.js';

/** In production a shared secret has at least this many bytes. */
const LEAST_SECRET_BYTES = 16;

/** Everything that checks tokens, from its settings and the files that they name. Throws `ConfigurationError`. */
export function tokenConfiguration(values: SettingValues): TokenConfiguration {
  const { JWT_SECRET: secrets, JWT_SECRET_FILE: secretsFile } = values;
  const { JWT_PUBLIC_KEY: publicKeys, JWT_PUBLIC_KEY_FILE: publicKeyFile } = values;
  requireOne('JWT_SECRET', secrets, secretsFile);
  requireOne('JWT_PUBLIC_KEY', publicKeys, publicKeyFile);
  return Object.freeze({
    secrets:
      secrets ??
      (secretsFile === undefined ? Object.freeze([]) : readSecretsFile(secretsFile, values.NODE_ENV === 'production')),
    secretsSetting: secretsFile === undefined ? 'JWT_SECRET' : 'JWT_SECRET_FILE',
    publicKeys: publicKeys ?? (publicKeyFile === undefined ? Object.freeze([]) : readPublicKeyFile(publicKeyFile)),
    keySet: keySetConfiguration(values),
    issuer: values.JWT_ISSUER,
    audience: values.JWT_AUDIENCE,
    leewaySeconds: values.JWT_LEEWAY_SECONDS,
    ignoreAuthorization: values.JWT_IGNORE_AUTHORIZATION === 'true',
  });
}

/** Throws in production unless tokens can be checked, and by nothing that could be guessed. */
export function requireProductionTokenKeys(tokens: TokenConfiguration): void {
  const { secrets, secretsSetting, publicKeys, keySet } = tokens;
  if (secrets.length === 0 && publicKeys.length === 0 && keySet === undefined) {
    throw new ConfigurationError('JWT_SECRET', '(or JWT_PUBLIC_KEY or JWT_JWKS_URL) must be set in production');
  }
  for (const secret of secrets) {
    if (isPlaceholderSecret(secret.expose())) {
      throw new ConfigurationError(secretsSetting, 'is a placeholder; make a random one: openssl rand -hex 32');
    }
    if (secret.length < LEAST_SECRET_BYTES) {
      throw new ConfigurationError(secretsSetting, `must be at least ${LEAST_SECRET_BYTES} bytes in production`);
    }
  }
}

/** Of two that differ it could not be told which one is meant. */
function requireOne(name: 'JWT_SECRET' | 'JWT_PUBLIC_KEY', value: unknown, file: unknown): void {
  if (value !== undefined && file !== undefined) {
    throw new ConfigurationError(`${name}_FILE`, `must not be set beside ${name}; put all keys into one of them`);
  }
}

function keySetConfiguration(values: SettingValues): KeySetConfiguration | undefined {
  const { JWT_JWKS_URL: url, JWT_JWKS_HTTP_HOSTS: httpHosts = [] } = values;
  if (url === undefined) return undefined;
  requireSafeKeySetUrl(url, httpHosts);
  return Object.freeze({ url, ...proxyConfiguration(values) });
}
