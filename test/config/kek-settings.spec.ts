import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parseKekFile } from '../../src/config/kek-file.js';
import { loadConfiguration } from '../../src/config/load-configuration.js';
import { readSecret } from '../../src/config/read-secret.js';
import { refusal, temporaryDirectory } from './environment.js';

const SECRET = '1f8a04d2b96c37e5508b1be2c94f7d6a3ce1905f72d84b6e0a9137c5fd286e4b';
const VAULT = {
  KEK_PROVIDER: 'vault-transit',
  KEK_VAULT_URL: 'https://vault.internal:8200',
  KEK_VAULT_KEY: 'kms',
  KEK_VAULT_TOKEN_FILE: '/run/token',
};
const PKCS11 = {
  KEK_PROVIDER: 'pkcs11',
  KEK_PKCS11_LIBRARY: '/usr/lib/hsm.so',
  KEK_PKCS11_TOKEN: 'kms',
  KEK_PKCS11_KEY: 'kek',
  KEK_PKCS11_PIN_FILE: '/run/pin',
};
type Set = Record<string, string>;
const zauth = (set: Set): Set => Object.fromEntries(Object.entries(set).map(([name, text]) => [`ZAUTH_${name}`, text]));

describe('the settings of a key-encryption key', () => {
  it('describe each provider', () => {
    expect(loadConfiguration({}).kek).toMatchObject({ provider: 'file', file: undefined });
    expect(loadConfiguration({ KEK_PROVIDER: 'env', KEK_SECRET: SECRET }).kek.provider).toBe('env');
    expect(loadConfiguration({ KEK_PROVIDER: 'passphrase' }).kek).toMatchObject({ passphrase: undefined });
    expect(loadConfiguration(VAULT).kek).toMatchObject({ mount: 'transit', keyName: 'kms', namespace: undefined });
    expect(loadConfiguration({ ...PKCS11, KEK_PKCS11_ENVIRONMENT: 'SOFTHSM2_CONF, A' }).kek).toMatchObject({
      tokenLabel: 'kms',
      environment: ['SOFTHSM2_CONF', 'A'],
    });
  });

  it('give ZAuth a key of its own, and none without ZAUTH_KEK_PROVIDER', () => {
    const { kek, authKek } = loadConfiguration(zauth(VAULT));
    expect([kek.provider, authKek?.provider]).toEqual(['file', 'vault-transit']);
    expect(refusal(() => loadConfiguration({ ZAUTH_KEK_VAULT_KEY: 'x' }))).toBe(
      'ZAUTH_KEK_VAULT_KEY needs ZAUTH_KEK_PROVIDER, which is not set',
    );
    expect(refusal(() => loadConfiguration({ ZAUTH_KEK_PROVIDER: 'passphrase' }))).toMatch(
      /^ZAUTH_KEK_PASSPHRASE_FILE /,
    );
    expect(refusal(() => loadConfiguration({ ZAUTH_KEK_PROVIDER: 'file' }))).toMatch(
      /^ZAUTH_SEALING_KEY_FILE must be set/,
    );
  });

  it.each<[string, Set]>([
    ['KEK_SECRET', { KEK_PROVIDER: 'env' }],
    ['KEK_VAULT_URL', { ...VAULT, KEK_VAULT_URL: '' }],
    ['KEK_VAULT_KEY', { ...VAULT, KEK_VAULT_KEY: '' }],
    ['KEK_VAULT_TOKEN_FILE', { ...VAULT, KEK_VAULT_TOKEN_FILE: '' }],
    ['KEK_PKCS11_LIBRARY', { ...PKCS11, KEK_PKCS11_LIBRARY: '' }],
    ['KEK_PKCS11_TOKEN', { ...PKCS11, KEK_PKCS11_TOKEN: '' }],
    ['KEK_PKCS11_KEY', { ...PKCS11, KEK_PKCS11_KEY: '' }],
    ['KEK_PKCS11_PIN_FILE', { ...PKCS11, KEK_PKCS11_PIN_FILE: '' }],
  ])('want %s, for either half', (missing, set) => {
    expect(refusal(() => loadConfiguration(set))).toBe(`${missing} must be set for this KEK_PROVIDER`);
    expect(refusal(() => loadConfiguration(zauth(set)))).toBe(
      `ZAUTH_${missing} must be set for this ZAUTH_KEK_PROVIDER`,
    );
  });

  it.each<[string, Set]>([
    ['KEK_SECRET', { KEK_SECRET: SECRET }],
    ['SEALING_KEY_FILE', { KEK_PROVIDER: 'passphrase', SEALING_KEY_FILE: '/run/key' }],
    ['KEK_PASSPHRASE', { ...VAULT, KEK_PASSPHRASE: 'correct horse battery' }],
    ['KEK_VAULT_MOUNT', { ...PKCS11, KEK_VAULT_MOUNT: 'transit' }],
    ['KEK_PKCS11_PIN', { ...VAULT, KEK_PKCS11_PIN: '1234' }],
  ])('name %s of another provider, and no value', (strange, set) => {
    const line = refusal(() => loadConfiguration(set));
    expect(line).toMatch(new RegExp(`^${strange} belongs to KEK_PROVIDER=`));
    for (const value of Object.values(set).filter((text) => text.length > 15)) expect(line).not.toContain(value);
  });

  it.each<[string, string, Set]>([
    ['KEK_SECRET', 'a'.repeat(64), { KEK_PROVIDER: 'env' }],
    ['KEK_PASSPHRASE', 'elevenchars', { KEK_PROVIDER: 'passphrase' }],
    ['KEK_VAULT_URL', 'http://vault.internal:8200', VAULT],
    ['KEK_VAULT_URL', 'https://user@vault.internal', VAULT],
    ['KEK_VAULT_MOUNT', '/transit', VAULT],
    ['KEK_VAULT_KEY', 'a/../b', VAULT],
    ['KEK_PKCS11_KEY_ID', 'abc', PKCS11],
    ['KEK_PKCS11_ENVIRONMENT', 'LD_PRELOAD', PKCS11],
    ['KEK_PKCS11_PIN', '1234-5678-9012', PKCS11],
  ])('refuse %s=%s, and repeat nothing of it', (name, value, set) => {
    const line = refusal(() => loadConfiguration({ ...set, [name]: value }));
    expect(line).toMatch(new RegExp(`^${name}(_FILE)? (must|holds) `));
    expect(line).not.toContain(value);
  });

  it('do not need a sealing key in production with another provider', () => {
    const production = { NODE_ENV: 'production', JWT_JWKS_URL: 'https://issuer.example/keys' };
    expect(loadConfiguration({ ...production, ...VAULT }).kek.provider).toBe('vault-transit');
    expect(refusal(() => loadConfiguration(production))).toMatch(/^SEALING_KEY_FILE must be set/);
  });
});

describe('a secret in a file', () => {
  it('is its one line', () => {
    const file = join(temporaryDirectory(), 'pin');
    const read = (content: string): string => {
      writeFileSync(file, content, { mode: 0o600 });
      return Buffer.from(readSecret({ setting: 'KEK_PKCS11_PIN_FILE', file }, true).expose()).toString();
    };
    expect([read('12 34'), read('12 34\n'), read('12 34\r\n')]).toEqual(['12 34', '12 34', '12 34']);
    for (const content of ['\n', '1\n2\n'])
      expect(refusal(() => read(content))).toMatch(/^KEK_PKCS11_PIN_FILE must name/);
    const gone = { setting: 'KEK_PKCS11_PIN_FILE', file: `${file}.gone` };
    expect(refusal(() => readSecret(gone, true))).toBe('KEK_PKCS11_PIN_FILE names a file that does not exist');
  });
});

describe('a file that describes a key', () => {
  const lines = (set: Set): string =>
    Object.entries(set)
      .map(([name, text]) => `${name}=${text}`)
      .join('\n');

  it('is read as the environment is', () => {
    expect(parseKekFile(`# the new one\n\n${lines(VAULT)}\n`, {})).toEqual(loadConfiguration(VAULT).kek);
    expect(parseKekFile(lines(zauth(PKCS11)), {})).toEqual(loadConfiguration(zauth(PKCS11)).authKek);
  });

  it.each([
    ['KEK_VAULT_KEY=x', 'KEK_PROVIDER must be set in the file'],
    ['KEK_PROVIDER=file', 'SEALING_KEY_FILE must be set in the file'],
    ['KEK_PROVIDER=passphrase', 'KEK_PASSPHRASE_FILE (or KEK_PASSPHRASE) must be set in the file'],
    ['export KEK_PROVIDER=file', 'line 1 must be NAME=value'],
    ['KEK_PROVIDER=env\nKEK_PROVIDER=env', 'KEK_PROVIDER is there twice'],
    ['KEK_PROVIDER=env\nDATABASE=/x', 'DATABASE is no setting of a key-encryption key'],
    ['ZAUTH_KEK_PROVIDER=env\nKEK_SECRET=x', 'KEK_SECRET stands beside settings of ZAUTH_: describe one key in a file'],
  ])('is refused as %j: %s', (text, said) => {
    expect(refusal(() => parseKekFile(text, {}))).toBe(said);
  });
});
