import type { SecretBytes } from '../crypto/secret-bytes.js';
import type { ProxyConfiguration } from './proxy.js';

/** Where a secret is: in the environment, or in a file that is read when it is needed. */
export type SecretSource =
  | { readonly setting: string; readonly text: SecretBytes }
  | { readonly setting: string; readonly file: string; readonly text?: undefined };

/** A key-encryption key as it is configured. */
export type KekConfiguration = { readonly prefix: KekPrefix; readonly production: boolean } & KeptBy;

/** Who keeps it, and what is needed to reach it. */
export type KeptBy =
  /** `file` is absent where it is ours, in the data directory. */
  | { readonly provider: 'file'; readonly file: string | undefined }
  | { readonly provider: 'env'; readonly secret: SecretBytes }
  /** Without a passphrase somebody is asked for it. */
  | { readonly provider: 'passphrase'; readonly passphrase: SecretSource | undefined }
  | {
      readonly provider: 'vault-transit';
      readonly address: URL;
      readonly mount: string;
      readonly keyName: string;
      readonly namespace: string | undefined;
      readonly token: SecretSource;
      readonly proxy: ProxyConfiguration;
    }
  | {
      readonly provider: 'pkcs11';
      readonly modulePath: string;
      readonly tokenLabel: string;
      readonly keyLabel: string | undefined;
      readonly keyIdHex: string | undefined;
      readonly pin: SecretSource;
      /** Names of variables that the library is to find. */
      readonly environment: readonly string[];
    };

export type KekProvider = KeptBy['provider'];

/** What the names of the settings begin with: nothing, or `ZAUTH_` for the key of ZAuth's data keys. */
export type KekPrefix = '' | 'ZAUTH_';
