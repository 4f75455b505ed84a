import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import BetterSqlite3 from 'better-sqlite3';
import { DataSource } from 'typeorm';
import { openKeyRings } from '../../src/data-keys/open-key-rings.js';
import { resealAll } from '../../src/data-keys/reseal.js';
import { dataSourceOptions } from '../../src/database/data-source.js';
import { rawConnection } from '../../src/database/raw-connection.js';
import { SEALED_COLUMNS } from '../../src/sealed-columns.js';
import type { SealedColumn } from '../../src/sealed-columns.js';
import { openCustody } from '../../src/start/open-custody.js';
import { kmsHere } from '../cli/kms-here.js';
import { successOf } from '../support/api-client.js';
import { heldKey, signMessage } from '../support/signing-calls.js';
import type { HeldKey } from '../support/signing-calls.js';
import { startTestServer } from '../support/test-server.js';
import { splitWallet } from '../support/split-wallet.js';
import { sha3 } from '../support/wallet-client.js';
import type { WireSplitKey, WireWallet } from '../support/wire-types.js';
import { newDataDirectory, removeDataDirectories } from '../start/data-directories.js';
import { refusalOf, servedFrom, whileTesting } from '../start/served-directory.js';
import { asEarlierRelease, rootKeyOf, sealingOf } from './earlier-release.js';

afterAll(removeDataDirectories);

const NOW = ['audit 1', 'auth 1', 'cursors 0', 'requests 0', 'rows 1', 'vault 1'];
/** Two master keys, two mnemonics, a kept answer, three user shares and three server shares, three keys of the log. */
const VALUES = 14;

let directory: string;
let keys: HeldKey[];
let repeated: WireWallet;
beforeEach(async () => {
  directory = newDataDirectory();
  keys = [];
  // So that requests are hashed by the derived key from the beginning.
  await whileTesting(directory, () => Promise.resolve());
  await asEarlierRelease(directory);
  await whileTesting(directory, async (server) => {
    const { wallet, key } = await splitWallet(server.as('alice'));
    const second = successOf<WireSplitKey>(await server.as('alice').post(`/key/${wallet.client_id}`), 201);
    keys.push(heldKey(key), heldKey(second));
    const owner = server.as('bob').with({ 'Idempotency-Key': 'asked-twice' });
    repeated = successOf<WireWallet>(await owner.post('/wallet'), 201);
    const third = await server.as('bob').post(`/key/${repeated.client_id}`);
    keys.push(heldKey(successOf<WireSplitKey>(third, 201)));
  });
  await asEarlierRelease(directory);
});

/** Signs with each split key, and shows each user share. */
async function expectAllOpens(): Promise<void> {
  await whileTesting(directory, async (server) => {
    for (const key of keys) successOf(await signMessage(server.anonymous(), key, sha3(key.userPublicKey)));
    const [{ clientId } = { clientId: '' }] = keys;
    const listed = successOf<{ keys: WireSplitKey[] }>(await server.as('alice').get(`/keys/${clientId}`));
    expect(listed.keys.map((key) => key.private_key)).toEqual(keys.slice(0, 2).map((key) => key.userShare));
    const again = server.as('bob').with({ 'Idempotency-Key': 'asked-twice' });
    expect(successOf<WireWallet>(await again.post('/wallet'), 201)).toEqual(repeated);
  });
}

describe('what an earlier release has sealed', () => {
  it('opens, and is sealed again under data keys at the first start', async () => {
    await expectAllOpens();
    expect(sealingOf(directory)).toEqual({ formats: { '03': VALUES }, keys: NOW });
    await expectAllOpens();
  });

  it.each([0, 1, 2, 4, 5])(
    'opens where a start was killed after %d columns, and the next one goes on',
    async (columns) => {
      await startKilledAfter(columns);
      const { formats, keys: left } = sealingOf(directory);
      expect(left).toEqual(expect.arrayContaining(['audit 0', 'audit 1']));
      expect(formats['01']).toBeGreaterThan(0);
      await expectAllOpens();
      expect(sealingOf(directory)).toEqual({ formats: { '03': VALUES }, keys: NOW });
    },
  );

  it('stays as it is where it cannot be opened, and so does the key that it names', async () => {
    const connection = new BetterSqlite3(join(directory, 'kms.sqlite'));
    const spoil = 'UPDATE vault_wallets SET sealed_mnemonic = substr(sealed_mnemonic, 1, 40) WHERE owner_id = ?';
    connection.prepare(spoil).run('bob');
    connection.close();
    for (let start = 0; start < 2; start += 1) {
      await expectAllOpens();
      const left = ['audit 1', 'auth 1', 'cursors 0', 'requests 0', 'rows 1', 'vault 0', 'vault 1'];
      expect(sealingOf(directory)).toEqual({ formats: { '01': 1, '03': VALUES - 1 }, keys: left });
    }
  });

  it('is restored from a copy, and refused with another sealing key', async () => {
    const copy = join(directory, '..', 'copy.sqlite');
    const connection = new BetterSqlite3(join(directory, 'kms.sqlite'));
    connection.exec(`VACUUM INTO '${copy}'`);
    connection.close();
    const { code, out } = await kmsHere(['restore', copy], servedFrom(directory));
    expect(code).toBe(0);
    expect(out).toContain('2 master keys, 2 mnemonics, 3 user shares, 1 kept answers, 3 server shares');
    await expectAllOpens();

    const other = newDataDirectory();
    const another = await startTestServer({ DATA_DIR: other, DATABASE: join(other, 'kms.sqlite') });
    await another.close();
    const line = await refusalOf({ ...servedFrom(other), DATABASE: copy });
    expect(line).toContain('sealed with another sealing key');
  });
});

/** As a start leaves it that was killed when it had sealed the values of so many columns again. */
async function startKilledAfter(columns: number): Promise<void> {
  const dataSource = await new DataSource(dataSourceOptions(join(directory, 'kms.sqlite'))).initialize();
  await dataSource.runMigrations();
  const connection = rawConnection(dataSource);
  const rings = await openKeyRings(connection, await openCustody(rootKeyOf(directory)), Date.now());
  const killed = [...SEALED_COLUMNS.slice(0, columns), killing(SEALED_COLUMNS[columns])];
  await expect(resealAll(connection, rings, killed, () => undefined)).rejects.toThrow('killed');
  await dataSource.destroy();
}

/** A column at which nothing goes on. */
function killing(column: SealedColumn | undefined): SealedColumn {
  if (column === undefined) throw new Error('there is no such column');
  return {
    ...column,
    get table(): string {
      throw new Error('killed');
    },
  };
}
