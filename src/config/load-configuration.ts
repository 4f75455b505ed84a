import { join } from 'node:path';
import { IN_MEMORY } from '../database/database-files.js';
import { NO_ADDRESSES } from './address-ranges.js';
import { checkNames } from './checked-names.js';
import { backupsConfiguration } from './backup-configuration.js';
import { ConfigurationError } from './configuration-error.js';
import type { KmsConfiguration, RecordConfiguration, TokenConfiguration } from './configuration.js';
import { isLogOrigin } from './record-settings.js';
import type { Setting } from './setting.js';
import { kekConfiguration } from './kek-configuration.js';
import { openSecretWarning } from './secret-file.js';
import { settingValues } from './setting-values.js';
import { SETTINGS, type SettingName, type SettingValues } from './settings.js';
import { readTlsMaterial } from './tls-material.js';
import { requireProductionTokenKeys, tokenConfiguration } from './token-configuration.js';
import { witnessesConfiguration } from './witness-configuration.js';

/** Any name will do. */
const NO_HOSTS: readonly string[] = Object.freeze([]);

/**
 * Reads, checks and freezes the configuration. Nothing outside this folder reads `process.env`.
 *
 * Reads the TLS files and those of token keys, since what is in them is part of what must be right, and looks at the
 * modes of secret files; writes none. Throws `ConfigurationError` with one line that names the variable and never its
 * value, and that carries what was to be warned of.
 */
export function loadConfiguration(environment: NodeJS.ProcessEnv = process.env): KmsConfiguration {
  const { environment: read, warnings } = checkNames(environment, Object.keys(SETTINGS));
  try {
    return configurationOf(read, warnings);
  } catch (error) {
    if (error instanceof ConfigurationError) error.warnings = warnings;
    throw error;
  }
}

function configurationOf(environment: NodeJS.ProcessEnv, warnings: readonly string[]): KmsConfiguration {
  const values = settingValues(environment);
  const tokens = tokenConfiguration(values);
  requireDifferentPorts(values);
  const production = values.NODE_ENV === 'production';
  if (production) requireProductionKeys(values, tokens);
  return Object.freeze({
    production,
    host: values.HOST,
    port: values.PORT,
    zvaultPort: values.ZVAULT_PORT,
    zauthPort: values.ZAUTH_PORT,
    ...surfaceOf(values),
    httpKeepAliveSeconds: values.HTTP_KEEP_ALIVE_SECONDS,
    tls: readTlsMaterial(values.TLS_CERT_FILE, values.TLS_KEY_FILE, production),
    publicUrl: values.PUBLIC_URL,
    corsOrigins: values.CORS_ORIGINS,
    trustedProxies: values.TRUSTED_PROXIES ?? NO_ADDRESSES,
    maxConnections: values.MAX_CONNECTIONS,
    dataDirectory: values.DATA_DIR,
    database: values.DATABASE ?? join(values.DATA_DIR, 'kms.sqlite'),
    operatorSocket: operatorSocketOf(values),
    needsOperatorSocket: values.OPERATOR_SOCKET !== undefined,
    writeQueueMax: values.WRITE_QUEUE_MAX,
    kek: kekConfiguration(values, ''),
    authKek: kekConfiguration(values, 'ZAUTH_'),
    tokens,
    keyTtlSeconds: values.KEY_TTL_SECONDS,
    maxWalletsPerUser: values.MAX_WALLETS_PER_USER,
    maxSplitKeysPerWallet: values.MAX_SPLIT_KEYS_PER_WALLET,
    deletionGraceDays: values.DELETION_GRACE_DAYS,
    maxSharesToOneRecipient: values.MAX_SHARES_TO_ONE_RECIPIENT,
    maxSharesPerSender: values.MAX_SHARES_PER_SENDER,
    txnVerification: values.TXN_VERIFICATION,
    txnCreationSkewSeconds: values.TXN_CREATION_SKEW_SECONDS,
    sdkRestrictedMessages: values.SDK_RESTRICTED_MESSAGES,
    blsEngine: values.BLS_ENGINE,
    signingWorkers: values.SIGNING_WORKERS,
    signingBatchMax: values.SIGNING_BATCH_MAX,
    signingQueueMax: values.SIGNING_QUEUE_MAX,
    clockToleranceSeconds: values.CLOCK_TOLERANCE_SECONDS,
    ratePerUser: values.RATE_PER_USER,
    ratePerSplitKey: values.RATE_PER_SPLIT_KEY,
    rateRefusalsPerSplitKey: values.RATE_REFUSALS_PER_SPLIT_KEY,
    ratePerAddress: values.RATE_PER_ADDRESS,
    rateBurstSeconds: values.RATE_BURST_SECONDS,
    ...recordOf(values),
    backups: backupsConfiguration(values),
    logLevel: values.LOG_LEVEL,
    environmentWarnings: Object.freeze([...warnings, ...(production ? [] : secretFileWarnings(values))]),
  });
}

function operatorSocketOf({ OPERATOR_SOCKET, DATABASE, DATA_DIR }: SettingValues): string | undefined {
  return OPERATOR_SOCKET ?? (DATABASE === IN_MEMORY ? undefined : join(DATA_DIR, 'operator.sock'));
}

function recordOf(values: SettingValues): RecordConfiguration {
  const { AUDIT_ORIGIN, AUDIT_CHECKPOINT_SECONDS, AUDIT_CHECKPOINT_FILE, DATA_DIR, DATABASE, PUBLIC_URL } = values;
  const published = PUBLIC_URL?.href.replace(/^https?:\/\//, '') ?? '';
  const isKept = DATABASE !== IN_MEMORY;
  return {
    auditOrigin: AUDIT_ORIGIN,
    auditOriginOtherwise: isLogOrigin(published) ? published : 'localhost/split-key-kms',
    auditCheckpointSeconds: AUDIT_CHECKPOINT_SECONDS,
    auditCheckpointFile: isKept ? (AUDIT_CHECKPOINT_FILE ?? join(DATA_DIR, 'checkpoints')) : undefined,
    auditWitnesses: witnessesConfiguration(values),
  };
}

function secretFileWarnings(values: SettingValues): string[] {
  const settings: [string, Setting<unknown>][] = Object.entries(SETTINGS);
  return settings.flatMap(([name, { isSecretFile }]) => {
    const file = values[name as SettingName];
    return isSecretFile === true && typeof file === 'string' ? (openSecretWarning(file, name) ?? []) : [];
  });
}

function requireDifferentPorts(values: SettingValues): void {
  const taken = new Set<number>();
  for (const name of ['PORT', 'ZVAULT_PORT', 'ZAUTH_PORT', 'OPERATIONS_PORT'] as const) {
    const port = values[name];
    if (port === undefined || port === 0) continue;
    if (taken.has(port)) throw new ConfigurationError(name, 'must differ from the other ports');
    taken.add(port);
  }
}

type Surface = Pick<KmsConfiguration, 'operationsPort' | 'docs' | 'metrics' | 'console' | 'allowedHosts'>;

/** What is shown where, and its defaults, which depend on each other. */
function surfaceOf({ NODE_ENV, OPERATIONS_PORT, DOCS, METRICS, CONSOLE, ALLOWED_HOSTS }: SettingValues): Surface {
  for (const [name, where] of Object.entries({ DOCS, METRICS })) {
    if (where !== 'operations' || OPERATIONS_PORT !== undefined) continue;
    throw new ConfigurationError(name, 'is operations, for which OPERATIONS_PORT must be set');
  }
  return {
    operationsPort: OPERATIONS_PORT,
    docs: DOCS ?? (NODE_ENV === 'production' ? 'off' : 'on'),
    metrics: METRICS ?? (OPERATIONS_PORT === undefined ? 'on' : 'operations'),
    console: CONSOLE ?? 'on',
    allowedHosts: ALLOWED_HOSTS ?? NO_HOSTS,
  };
}

function requireProductionKeys(values: SettingValues, tokens: TokenConfiguration): void {
  requireProductionTokenKeys(tokens);
  if (values.KEK_PROVIDER === 'file' && values.SEALING_KEY_FILE === undefined) {
    throw new ConfigurationError('SEALING_KEY_FILE', 'must be set in production; nothing is generated there');
  }
}
