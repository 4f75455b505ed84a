import type { KeyObject } from 'node:crypto';
import type { SecretBytes } from '../crypto/secret-bytes.js';
import type { AddressRanges } from './address-ranges.js';
import type { CorsOrigins } from './cors-origins.js';
import type { KekConfiguration } from './kek.js';
import type { ProxyConfiguration } from './proxy.js';
import type { PublicUrl } from './public-url.js';
import type { SettingValues } from './settings.js';
import type { TlsMaterial } from './tls-material.js';
import type { ConfiguredWitness } from './witness-settings.js';

export type { ProxyConfiguration };

/** Where an issuer publishes its keys, and how they are fetched. */
export interface KeySetConfiguration extends ProxyConfiguration {
  readonly url: URL;
}

/** What checks tokens. Everything may be absent outside production: a secret is then generated. */
export interface TokenConfiguration {
  /** The first one mints. */
  readonly secrets: readonly SecretBytes[];
  /** The setting that they come from. */
  readonly secretsSetting: 'JWT_SECRET' | 'JWT_SECRET_FILE';
  readonly publicKeys: readonly KeyObject[];
  readonly keySet: KeySetConfiguration | undefined;
  readonly issuer: string | undefined;
  readonly audience: string | undefined;
  /** How long after its expiry a token is still accepted. */
  readonly leewaySeconds: number;
  /** Whether `Authorization` belongs to somebody else. */
  readonly ignoreAuthorization: boolean;
}

/** On `PORT`, nowhere, or on `OPERATIONS_PORT`. */
export type Where = 'on' | 'off' | 'operations';

/** Where the service listens, and what it says of itself there. */
export interface ListenerConfiguration {
  readonly host: string;
  /** TCP port; 0 takes any free one. */
  readonly port: number;
  readonly zvaultPort: number | undefined;
  readonly zauthPort: number | undefined;
  readonly operationsPort: number | undefined;
  /** Where documents are: `on` is `PORT`. */
  readonly docs: Where;
  /** Where metrics are. */
  readonly metrics: Where;
  /** Whether the console is served, on `PORT`. */
  readonly console: 'on' | 'off';
  /** Names that requests may be sent to; empty for any. */
  readonly allowedHosts: readonly string[];
  /** How long an idle connection is kept. */
  readonly httpKeepAliveSeconds: number;
  /** Without it every listener speaks plain HTTP. */
  readonly tls: TlsMaterial | undefined;
  /** Where clients find the service, if not where it listens. */
  readonly publicUrl: PublicUrl | undefined;
  readonly corsOrigins: CorsOrigins;
  /** The proxies whose word is taken for whom a request came from. */
  readonly trustedProxies: AddressRanges;
  /** Open at a time on all ports together; `undefined`: what may be opened. */
  readonly maxConnections: number | undefined;
  readonly logLevel: SettingValues['LOG_LEVEL'];
}

/** The schedule by which the service backs itself up. */
export interface BackupsConfiguration {
  /** Absolute path. */
  readonly directory: string;
  /** Of age, at least one. */
  readonly recipients: readonly string[];
  readonly everyMilliseconds: number;
  readonly keep: number;
}

/** What is kept, and where. */
export interface StorageConfiguration {
  /** Absolute path. */
  readonly dataDirectory: string;
  /** Absolute path of the SQLite file, or `:memory:`. */
  readonly database: string;
  /** Absolute path of the socket by which an operator reaches the service; `undefined`: there is none. */
  readonly operatorSocket: string | undefined;
  /** Whether there has to be one, since it was asked for. */
  readonly needsOperatorSocket: boolean;
  /** `undefined`: the service makes no backups by itself. */
  readonly backups: BackupsConfiguration | undefined;
  /** Writes that may wait in each lane. */
  readonly writeQueueMax: number;
  /** What wraps the data keys. */
  readonly kek: KekConfiguration;
  /** What wraps those of ZAuth, if it is another. */
  readonly authKek: KekConfiguration | undefined;
}

/** What split keys may do when nothing else is said. */
export interface SplitKeyConfiguration {
  /** For split keys made without `expires_at`; 0 is for ever. */
  readonly keyTtlSeconds: number;
  /** 0 is none. */
  readonly maxWalletsPerUser: number;
  /** Of live ones; 0 is none. */
  readonly maxSplitKeysPerWallet: number;
  /** How many live split keys an owner may have lent to one user, and in all; 0 is any number. */
  readonly maxSharesToOneRecipient: number;
  readonly maxSharesPerSender: number;
  /** How long what is expired or deleted can still be brought back; 0 is not at all. */
  readonly deletionGraceDays: number;
  readonly txnVerification: SettingValues['TXN_VERIFICATION'];
  /** How far ahead of now a creation date may be; 0 is as far as it likes. */
  readonly txnCreationSkewSeconds: number;
  readonly sdkRestrictedMessages: SettingValues['SDK_RESTRICTED_MESSAGES'];
}

/** How far the machine's clock is believed. */
export interface ClockConfiguration {
  readonly clockToleranceSeconds: number;
}

/** How much is signed at a time, and with what. */
export interface SigningConfiguration {
  readonly blsEngine: SettingValues['BLS_ENGINE'];
  /** Threads; undefined: one a core. */
  readonly signingWorkers: number | undefined;
  readonly signingBatchMax: number;
  readonly signingQueueMax: number;
}

/** The log of the record. */
export interface RecordConfiguration {
  /** The name that it is to have; `undefined`: the one that it has. */
  readonly auditOrigin: string | undefined;
  /** Its name when it begins, if none is configured. */
  readonly auditOriginOtherwise: string;
  readonly auditCheckpointSeconds: number;
  /** Absolute path; `undefined`: nowhere. */
  readonly auditCheckpointFile: string | undefined;
  readonly auditWitnesses: WitnessesConfiguration;
}

/** Who cosigns the checkpoints of the record. */
export interface WitnessesConfiguration extends ProxyConfiguration {
  readonly witnesses: readonly ConfiguredWitness[];
  /** How many of them must have seen a checkpoint; 0 where there are none. */
  readonly quorum: number;
  /** Whether nothing is signed while that many have not. */
  readonly areRequired: boolean;
}

/** How many requests a second one client may send; 0 is no limit. */
export interface RateConfiguration {
  readonly ratePerUser: number;
  readonly ratePerSplitKey: number;
  /** New refusals of what the split key may not sign. */
  readonly rateRefusalsPerSplitKey: number;
  readonly ratePerAddress: number;
  /** How many seconds' worth may come at once. */
  readonly rateBurstSeconds: number;
}

/**
 * Everything that can be configured, validated and frozen. The rules are in `docs/configuration.md`. The composition
 * root hands each part the slice that it needs; nobody can ask for the whole.
 */
export interface KmsConfiguration
  extends
    ListenerConfiguration,
    StorageConfiguration,
    SplitKeyConfiguration,
    SigningConfiguration,
    ClockConfiguration,
    RateConfiguration,
    RecordConfiguration {
  readonly production: boolean;
  readonly tokens: TokenConfiguration;
  /** What is allowed but odd about the environment, one line each; `startWarnings` tells of it. */
  readonly environmentWarnings: readonly string[];
}
