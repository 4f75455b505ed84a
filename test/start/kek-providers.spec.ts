import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import BetterSqlite3 from 'better-sqlite3';
import { restoreDatabase } from '../../src/cli/restore/restore-database.js';
import { loadConfiguration } from '../../src/config/load-configuration.js';
import { successOf } from '../support/api-client.js';
import { ensureBuilt } from '../support/built-server.js';
import { heldKey, signMessage } from '../support/signing-calls.js';
import { splitWallet } from '../support/split-wallet.js';
import { sha3 } from '../support/wallet-client.js';
import { describeWithToken, SoftHsmToken, tokenMustBePossible } from '../key-encryption/softhsm.js';
import { TransitStandIn } from '../key-encryption/transit-server.js';
import { newDataDirectory, removeDataDirectories } from './data-directories.js';
import { refusalOf, servedFrom, walletsOf, whileServing } from './served-directory.js';
import type { Environment } from './served-directory.js';

afterAll(removeDataDirectories);
ensureBuilt();

const SECRET = '1f8a04d2b96c37e5508b1be2c94f7d6a3ce1905f72d84b6e0a9137c5fd286e4b';
const PASSPHRASE = 'correct horse battery staple';

function secretFile(directory: string, name: string, text: string): string {
  const file = join(directory, '..', name);
  writeFileSync(file, text, { mode: 0o600 });
  return file;
}

/** What wraps the data keys of each domain, as the database knows it. */
function wrappersIn(directory: string): Record<string, string> {
  const connection = new BetterSqlite3(join(directory, 'kms.sqlite'), { readonly: true });
  const rows = connection
    .prepare<[], [string, string]>(
      `SELECT domain, provider FROM data_keys JOIN key_encryption_keys kek ON kek.id = key_encryption_key_id`,
    )
    .raw()
    .all();
  connection.close();
  return Object.fromEntries(rows);
}

/** Serves twice, and restores a copy into an empty folder: what was sealed signs each time. */
async function itServes(directory: string, kek: Environment): Promise<void> {
  const environment = { ...servedFrom(directory), ...kek };
  const made = await whileServing(environment, async (owner) => {
    const { wallet, key } = await splitWallet(owner);
    successOf(await signMessage(owner, heldKey(key), sha3('first')));
    return { wallet, held: heldKey(key) };
  });
  await whileServing(environment, async (owner) => {
    successOf(await signMessage(owner, made.held, sha3('again')));
  });
  const drill = newDataDirectory();
  mkdirSync(drill, { mode: 0o700 });
  const restored = { ...environment, DATA_DIR: drill };
  const order = { file: join(directory, 'kms.sqlite'), say: () => undefined };
  const {
    lines: [first],
  } = await restoreDatabase(loadConfiguration(restored), order);
  expect(first).toContain('1 master keys');
  expect(await walletsOf(restored)).toEqual([made.wallet.client_id]);
}

describe('KEK_PROVIDER', () => {
  it('env: the same bytes as a file are the same key, and others are refused', async () => {
    const directory = newDataDirectory();
    await itServes(directory, { KEK_PROVIDER: 'env', KEK_SECRET: SECRET });
    const file = secretFile(directory, 'sealing-key', SECRET);
    expect(await walletsOf({ ...servedFrom(directory), SEALING_KEY_FILE: file })).toHaveLength(1);
    const other = { KEK_PROVIDER: 'env', KEK_SECRET: SECRET.replace('1f', '2f') };
    expect(await refusalOf({ ...servedFrom(directory), ...other })).toMatch(
      /^the database was sealed with another sealing key \(env [0-9a-f]{16}, not env [0-9a-f]{16}\)/,
    );
  }, 60_000);

  it('passphrase: its salt is in the database; another passphrase and another provider are refused', async () => {
    const directory = newDataDirectory();
    const file = secretFile(newDataDirectory(), 'passphrase', `${PASSPHRASE}\n`);
    await itServes(directory, { KEK_PROVIDER: 'passphrase', KEK_PASSPHRASE_FILE: file });
    const wrong = { KEK_PROVIDER: 'passphrase', KEK_PASSPHRASE: `${PASSPHRASE}!` };
    expect(await refusalOf({ ...servedFrom(directory), ...wrong })).toBe(
      'KEK_PASSPHRASE is another passphrase than the one under which the data keys are wrapped',
    );
    const other = { KEK_PROVIDER: 'env', KEK_SECRET: SECRET };
    expect(await refusalOf({ ...servedFrom(directory), ...other })).toMatch(/\(passphrase [0-9a-f]{16}, not env /);
  }, 60_000);

  it('vault-transit: serves, and says in a line when the server is down or refuses', async () => {
    const server = new TransitStandIn();
    const url = await server.listen();
    server.create('transit/kms');
    const directory = newDataDirectory();
    const token = secretFile(newDataDirectory(), 'token', server.token);
    const kek = { KEK_PROVIDER: 'vault-transit', KEK_VAULT_URL: url.href, KEK_VAULT_KEY: 'kms' };
    await itServes(directory, { ...kek, KEK_VAULT_TOKEN_FILE: token });
    const environment = { ...servedFrom(directory), ...kek, KEK_VAULT_TOKEN_FILE: token };
    const strange = secretFile(newDataDirectory(), 'token', 'hvs.another');
    const refused = await refusalOf({ ...environment, KEK_VAULT_TOKEN_FILE: strange });
    expect(refused).toMatch(/^KEK_PROVIDER=vault-transit: /);
    expect(refused).not.toContain('hvs');
    // A key that was made anew under the old name has its fingerprint, and is found out.
    server.create('transit/kms');
    expect(await refusalOf(environment)).toMatch(/^the data key [0-9a-f]{16} \(\w+\) could not be unwrapped: /);
    await server.close();
    expect(await refusalOf(environment)).toMatch(/^KEK_PROVIDER=vault-transit: the key server/);
  }, 60_000);

  it('ZAUTH_KEK_PROVIDER: the halves have a key each, and neither opens the other half', async () => {
    const directory = newDataDirectory();
    const zauth = { ZAUTH_KEK_PROVIDER: 'passphrase', ZAUTH_KEK_PASSPHRASE: PASSPHRASE };
    const both = { KEK_PROVIDER: 'env', KEK_SECRET: SECRET, ...zauth };
    await itServes(directory, both);
    const { auth, ...others } = wrappersIn(directory);
    expect([auth, ...new Set(Object.values(others))]).toEqual(['passphrase', 'env']);
    expect(await refusalOf({ ...servedFrom(directory), KEK_PROVIDER: 'env', KEK_SECRET: SECRET })).toMatch(
      /\(passphrase [0-9a-f]{16}, not env /,
    );
  }, 60_000);

  it('makes no database by itself in production, and none beside a log that is left', async () => {
    const directory = newDataDirectory();
    const kek = { KEK_PROVIDER: 'env', KEK_SECRET: SECRET };
    expect(await refusalOf({ ...servedFrom(directory), ...kek, NODE_ENV: 'production' })).toMatch(
      /^the database \S+ does not exist: .* npm run initialise/,
    );
    mkdirSync(directory);
    writeFileSync(join(directory, 'kms.sqlite-wal'), 'left');
    expect(await refusalOf({ ...servedFrom(directory), ...kek })).toMatch(/its write-ahead log \S+ is there/);
  });
});

describeWithToken('KEK_PROVIDER=pkcs11', () => {
  it('serves, and says in a line when the library, the token, the PIN or the key is missing', async () => {
    await tokenMustBePossible();
    const token = new SoftHsmToken();
    try {
      token.import(new Uint8Array(32).fill(0x5a), 'kek', '01');
      process.env['SOFTHSM2_CONF'] = token.environment.SOFTHSM2_CONF;
      const pin = secretFile(newDataDirectory(), 'pin', `${token.pin}\n`);
      const kek = {
        KEK_PROVIDER: 'pkcs11',
        KEK_PKCS11_LIBRARY: token.modulePath,
        KEK_PKCS11_TOKEN: token.label,
        KEK_PKCS11_KEY: 'kek',
        KEK_PKCS11_PIN_FILE: pin,
        KEK_PKCS11_ENVIRONMENT: 'SOFTHSM2_CONF',
      };
      const directory = newDataDirectory();
      await itServes(directory, kek);
      const wrong = secretFile(newDataDirectory(), 'pin', '0000-wrong');
      for (const [change, said] of [
        [{ KEK_PKCS11_LIBRARY: '/nowhere/hsm.so' }, 'the PKCS#11 module cannot be loaded'],
        [{ KEK_PKCS11_TOKEN: 'another' }, 'the PKCS#11 module has no token of this label'],
        [{ KEK_PKCS11_KEY: 'another' }, 'the PKCS#11 token has no AES key'],
        [{ KEK_PKCS11_PIN_FILE: wrong }, 'the PKCS#11 token does not take the PIN'],
      ] as const) {
        const line = await refusalOf({ ...servedFrom(directory), ...kek, ...change });
        expect(line).toMatch(new RegExp(`^KEK_PROVIDER=pkcs11: ${said}`));
        expect(line).not.toContain('0000');
      }
    } finally {
      delete process.env['SOFTHSM2_CONF'];
      token.remove();
    }
  }, 240_000);
});
