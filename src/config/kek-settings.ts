import { kekParsers } from './kek-parsers.js';
import { optionalSetting, setting } from './setting.js';
import { oneOf, path } from './setting-parsers.js';

/** Who may keep a key-encryption key. */
export const KEK_PROVIDERS = ['file', 'env', 'passphrase', 'vault-transit', 'pkcs11'] as const;

const PROVIDER = {
  unit: 'word',
  example: 'vault-transit',
  parse: oneOf(...KEK_PROVIDERS),
} as const;

/** What each provider has, but for `file`, which has `SEALING_KEY_FILE`. */
const OF_PROVIDERS = {
  KEK_SECRET: optionalSetting({
    unit: '64 hexadecimal digits',
    default: 'none',
    example: '1f8a04d2b96c37e5508b1be2c94f7d6a3ce1905f72d84b6e0a9137c5fd286e4b',
    summary: '`env`: what `SEALING_KEY_FILE` would hold. Whoever can read the environment of the process has it.',
    parse: kekParsers.secret,
  }),
  KEK_PASSPHRASE: optionalSetting({
    unit: 'text',
    default: '`kms unseal` is asked for it',
    example: 'correct horse battery staple',
    summary: '`passphrase`: at least 12 characters, from which the key is made by scrypt.',
    parse: kekParsers.passphrase,
  }),
  KEK_PASSPHRASE_FILE: optionalSetting({
    unit: 'path',
    default: 'none',
    example: '/run/secrets/kms-passphrase',
    summary: '`passphrase`: a file that holds it, in one line. Set at most one of the two.',
    isSecretFile: true,
    parse: path,
  }),
  KEK_VAULT_URL: optionalSetting({
    unit: 'URL',
    default: 'none',
    example: 'https://vault.internal:8200',
    summary: '`vault-transit`: the address of a HashiCorp Vault or OpenBao, without `/v1`. https; http on loopback.',
    parse: kekParsers.serverUrl,
  }),
  KEK_VAULT_MOUNT: optionalSetting({
    unit: 'path on the server',
    default: 'transit',
    example: 'kms/transit',
    summary: '`vault-transit`: where the transit engine is mounted.',
    parse: kekParsers.mount,
  }),
  KEK_VAULT_KEY: optionalSetting({
    unit: 'name',
    default: 'none',
    example: 'split-key-kms',
    summary: '`vault-transit`: the key, of type `aes256-gcm96` and not derived. It is never made here.',
    parse: kekParsers.serverName,
  }),
  KEK_VAULT_NAMESPACE: optionalSetting({
    unit: 'name',
    default: 'none',
    example: 'team/kms',
    summary: '`vault-transit`: the namespace of Vault Enterprise or OpenBao.',
    parse: kekParsers.namespace,
  }),
  KEK_VAULT_TOKEN_FILE: optionalSetting({
    unit: 'path',
    default: 'none',
    example: '/run/secrets/vault-token',
    summary: '`vault-transit`: a file that holds a token which may read, encrypt and decrypt with the key.',
    isSecretFile: true,
    parse: path,
  }),
  KEK_PKCS11_LIBRARY: optionalSetting({
    unit: 'path',
    default: 'none',
    example: '/usr/lib/softhsm/libsofthsm2.so',
    summary: "`pkcs11`: the vendor's library, which runs in a process of its own.",
    parse: path,
  }),
  KEK_PKCS11_TOKEN: optionalSetting({
    unit: 'label',
    default: 'none',
    example: 'kms',
    summary: '`pkcs11`: the label of the token.',
    parse: kekParsers.label,
  }),
  KEK_PKCS11_KEY: optionalSetting({
    unit: 'label',
    default: 'any label',
    example: 'kms-kek-2026',
    summary: '`pkcs11`: the label of the key, AES of 256 bits or RSA. It is never made here.',
    parse: kekParsers.label,
  }),
  KEK_PKCS11_KEY_ID: optionalSetting({
    unit: 'hexadecimal digits',
    default: 'any id',
    example: '0a01',
    summary: '`pkcs11`: the id of the key, instead of its label or along with it.',
    parse: kekParsers.keyId,
  }),
  KEK_PKCS11_PIN: optionalSetting({
    unit: 'text',
    default: 'none',
    example: '735608',
    summary: "`pkcs11`: the user's PIN. One that is refused is not tried again.",
    parse: kekParsers.pin,
  }),
  KEK_PKCS11_PIN_FILE: optionalSetting({
    unit: 'path',
    default: 'none',
    example: '/run/secrets/hsm-pin',
    summary: '`pkcs11`: a file that holds the PIN, in one line. Set one of the two.',
    isSecretFile: true,
    parse: path,
  }),
  KEK_PKCS11_ENVIRONMENT: optionalSetting({
    unit: 'comma-separated names',
    default: 'nothing',
    example: 'SOFTHSM2_CONF',
    summary: '`pkcs11`: variables of our environment that the library is to find in its own. It sees no others.',
    parse: kekParsers.variables,
  }),
} as const;

type OfProviders = typeof OF_PROVIDERS;
type OfZAuth = { readonly [Name in keyof OfProviders as `ZAUTH_${Name}`]: OfProviders[Name] };

/** What wraps the data keys, and who keeps it. Those of `ZAUTH_` are for ZAuth's data keys alone. */
export const KEK_SETTINGS = {
  KEK_PROVIDER: setting({
    ...PROVIDER,
    default: 'file',
    summary:
      'Who keeps the key that wraps the data keys: `file` (`SEALING_KEY_FILE`), `env`, `passphrase`, `vault-transit` or ' +
      '`pkcs11`. [Recipes](operations.md#where-the-key-is-kept).',
  }),
  ...OF_PROVIDERS,
  ZAUTH_KEK_PROVIDER: optionalSetting({
    ...PROVIDER,
    default: 'ZAuth has no key of its own',
    summary: "Who keeps the key that wraps ZAuth's data keys, when it is to be another than ZVault's. Then:",
  }),
  ZAUTH_SEALING_KEY_FILE: optionalSetting({
    unit: 'path',
    default: 'none',
    example: '/run/secrets/zauth-sealing-key',
    summary: 'As `SEALING_KEY_FILE`, for ZAuth; it is never generated.',
    isSecretFile: true,
    parse: path,
  }),
  ...ofZAuth(),
} as const;

function ofZAuth(): OfZAuth {
  const described = Object.entries(OF_PROVIDERS).map(([name, one]) => [
    `ZAUTH_${name}`,
    { ...one, default: name.endsWith('PASSPHRASE') ? 'none' : one.default, summary: `As \`${name}\`, for ZAuth.` },
  ]);
  // Each is the setting of that name, as the type says, but for what people read.
  return Object.fromEntries(described) as OfZAuth;
}
