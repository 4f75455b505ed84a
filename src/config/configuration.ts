import type { KeyObject } from 'node:crypto';
import type { SecretBytes } from '../crypto/secret-bytes.js';
import type { CorsOrigins } from './cors-origins.js';
import type { SettingValues } from './settings.js';
import type { TlsMaterial } from './tls-material.js';

/** What checks tokens. Everything may be absent outside production: a secret is then generated. */
export interface TokenConfiguration {
  readonly secret: SecretBytes | undefined;
  readonly publicKey: KeyObject | undefined;
  readonly jwksUrl: string | undefined;
  readonly issuer: string | undefined;
  readonly audience: string | undefined;
}

/** Everything that can be configured, validated and frozen. The rules are in `docs/configuration.md`. */
export interface KmsConfiguration {
  readonly production: boolean;
  readonly host: string;
  /** TCP port; 0 takes any free one. */
  readonly port: number;
  readonly zvaultPort: number | undefined;
  readonly zauthPort: number | undefined;
  /** Without it every listener speaks plain HTTP. */
  readonly tls: TlsMaterial | undefined;
  readonly corsOrigins: CorsOrigins;
  /** Absolute path. */
  readonly dataDirectory: string;
  /** Absolute path of the SQLite file, or `:memory:`. */
  readonly database: string;
  /** Absolute path of the operator's own key file; `undefined`: ours, in the data directory. */
  readonly sealingKeyFile: string | undefined;
  readonly tokens: TokenConfiguration;
  /** For split keys made without `expires_at`; 0 is for ever. */
  readonly keyTtlSeconds: number;
  readonly txnVerification: SettingValues['TXN_VERIFICATION'];
  readonly sdkRestrictedMessages: SettingValues['SDK_RESTRICTED_MESSAGES'];
  readonly blsEngine: SettingValues['BLS_ENGINE'];
  /** Threads; undefined: one a core. */
  readonly signingWorkers: number | undefined;
  readonly signingBatchMax: number;
  readonly signingQueueMax: number;
  readonly logLevel: SettingValues['LOG_LEVEL'];
  /** What is allowed but odd about the environment, one line each; `startWarnings` tells of it. */
  readonly environmentWarnings: readonly string[];
}

/** Nest's injection token for the {@link KmsConfiguration}. */
export const CONFIGURATION = Symbol('KmsConfiguration');
