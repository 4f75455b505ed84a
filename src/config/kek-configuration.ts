import { ConfigurationError } from './configuration-error.js';
import type { KekConfiguration, KekPrefix, KekProvider, KeptBy, SecretSource } from './kek.js';
import { proxyConfiguration } from './proxy-configuration.js';
import type { SettingValues } from './settings.js';

const SETTINGS_OF = {
  file: ['SEALING_KEY_FILE'],
  env: ['KEK_SECRET'],
  passphrase: ['KEK_PASSPHRASE', 'KEK_PASSPHRASE_FILE'],
  'vault-transit': ['KEK_VAULT_URL', 'KEK_VAULT_MOUNT', 'KEK_VAULT_KEY', 'KEK_VAULT_NAMESPACE', 'KEK_VAULT_TOKEN_FILE'],
  pkcs11: [
    'KEK_PKCS11_LIBRARY',
    'KEK_PKCS11_TOKEN',
    'KEK_PKCS11_KEY',
    'KEK_PKCS11_KEY_ID',
    'KEK_PKCS11_PIN',
    'KEK_PKCS11_PIN_FILE',
    'KEK_PKCS11_ENVIRONMENT',
  ],
} as const satisfies Readonly<Record<KekProvider, readonly (keyof SettingValues)[]>>;

type KekName = (typeof SETTINGS_OF)[KekProvider][number];
type KekValues = Pick<SettingValues, KekName>;

/** Every setting of a key, without its prefix, beside `KEK_PROVIDER`. */
export const KEK_NAMES: readonly KekName[] = Object.values(SETTINGS_OF).flat();

/**
 * The key that the settings of this prefix name; `undefined` for ZAuth's when it has none of its own. Throws
 * `ConfigurationError`: a setting of the provider is missing, or one of another is set.
 */
export function kekConfiguration(values: SettingValues, prefix: ''): KekConfiguration;
export function kekConfiguration(values: SettingValues, prefix: KekPrefix): KekConfiguration | undefined;
export function kekConfiguration(values: SettingValues, prefix: KekPrefix): KekConfiguration | undefined {
  const provider = values[`${prefix}KEK_PROVIDER`];
  const own = Object.fromEntries(KEK_NAMES.map((name) => [name, values[`${prefix}${name}`]])) as KekValues;
  const set = KEK_NAMES.filter((name) => own[name] !== undefined);
  if (provider === undefined) {
    if (set[0] === undefined) return undefined;
    throw new ConfigurationError(`${prefix}${set[0]}`, `needs ${prefix}KEK_PROVIDER, which is not set`);
  }
  const mine: readonly string[] = SETTINGS_OF[provider];
  const strange = set.find((name) => !mine.includes(name));
  if (strange !== undefined) {
    const [other] =
      Object.entries(SETTINGS_OF).find(([, names]) => (names as readonly string[]).includes(strange)) ?? [];
    throw new ConfigurationError(
      `${prefix}${strange}`,
      `belongs to ${prefix}KEK_PROVIDER=${other ?? ''}, not ${provider}: unset it, or set that`,
    );
  }
  const production = values.NODE_ENV === 'production';
  return Object.freeze({ prefix, production, ...keptBy(provider, new Named(own, prefix), values) });
}

function keptBy(provider: KekProvider, named: Named, values: SettingValues): KeptBy {
  const { own, prefix } = named;
  switch (provider) {
    case 'file':
      return { provider, file: prefix === '' ? own.SEALING_KEY_FILE : named.must('SEALING_KEY_FILE') };
    case 'env':
      return { provider, secret: named.must('KEK_SECRET') };
    case 'passphrase': {
      const passphrase = named.source('KEK_PASSPHRASE', 'KEK_PASSPHRASE_FILE');
      // One is asked for at a time.
      if (passphrase === undefined && prefix !== '') named.must('KEK_PASSPHRASE_FILE');
      return { provider, passphrase };
    }
    case 'vault-transit':
      return {
        provider,
        address: named.must('KEK_VAULT_URL'),
        mount: own.KEK_VAULT_MOUNT ?? 'transit',
        keyName: named.must('KEK_VAULT_KEY'),
        namespace: own.KEK_VAULT_NAMESPACE,
        token: { setting: `${prefix}KEK_VAULT_TOKEN_FILE`, file: named.must('KEK_VAULT_TOKEN_FILE') },
        proxy: proxyConfiguration(values),
      };
    case 'pkcs11':
      if (own.KEK_PKCS11_KEY_ID === undefined) named.must('KEK_PKCS11_KEY');
      return {
        provider,
        modulePath: named.must('KEK_PKCS11_LIBRARY'),
        tokenLabel: named.must('KEK_PKCS11_TOKEN'),
        keyLabel: own.KEK_PKCS11_KEY,
        keyIdHex: own.KEK_PKCS11_KEY_ID,
        pin: named.source('KEK_PKCS11_PIN', 'KEK_PKCS11_PIN_FILE') ?? named.missing('KEK_PKCS11_PIN_FILE'),
        environment: own.KEK_PKCS11_ENVIRONMENT ?? [],
      };
  }
}

/** Values under the names that they were set by. */
class Named {
  constructor(
    readonly own: KekValues,
    readonly prefix: KekPrefix,
  ) {}

  must<Name extends KekName>(name: Name): NonNullable<KekValues[Name]> {
    return this.own[name] ?? this.missing(name);
  }

  missing(name: KekName): never {
    throw new ConfigurationError(`${this.prefix}${name}`, `must be set for this ${this.prefix}KEK_PROVIDER`);
  }

  source(
    name: 'KEK_PASSPHRASE' | 'KEK_PKCS11_PIN',
    fileName: 'KEK_PASSPHRASE_FILE' | 'KEK_PKCS11_PIN_FILE',
  ): SecretSource | undefined {
    const [text, file] = [this.own[name], this.own[fileName]];
    if (text !== undefined && file !== undefined) {
      throw new ConfigurationError(`${this.prefix}${fileName}`, `must not be set beside ${this.prefix}${name}`);
    }
    if (text !== undefined) return { setting: `${this.prefix}${name}`, text };
    return file === undefined ? undefined : { setting: `${this.prefix}${fileName}`, file };
  }
}
