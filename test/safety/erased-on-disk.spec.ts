import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import BetterSqlite3 from 'better-sqlite3';
import { openEverything } from '../../src/cli/restore/open-everything.js';
import { loadConfiguration } from '../../src/config/load-configuration.js';
import { readSealingKey } from '../../src/config/local-secrets.js';
import { createProvenEngine } from '../../src/crypto/create-engine.js';
import { readKeyRings } from '../../src/data-keys/open-key-rings.js';
import { openCustody } from '../../src/start/open-custody.js';
import { successOf } from '../support/api-client.js';
import { splitWallet } from '../support/split-wallet.js';
import { startTestServer } from '../support/test-server.js';
import type { TestServer } from '../support/test-server.js';

let server: TestServer;
beforeAll(async () => {
  // The default place: the data directory.
  server = await startTestServer({ DATABASE: '' });
});
afterAll(() => server.stop());

const sealedOf = async (table: string, column: string): Promise<Buffer[]> =>
  (await server.dataSource().query<{ sealed: Buffer }[]>(`SELECT ${column} AS sealed FROM ${table}`)).map(
    ({ sealed }) => sealed,
  );

it('the file holds no revoked share any more, once the log has been written back, and a copy of it is sound', async () => {
  const alice = server.as('alice');
  const revoked = await splitWallet(alice);
  const both = async (): Promise<Buffer[]> => [
    ...(await sealedOf('vault_split_keys', 'sealed_user_share')),
    ...(await sealedOf('auth_server_shares', 'sealed_server_share')),
  ];
  const gone = await both();
  const file = join(server.dataDirectory, 'kms.sqlite');
  const inFile = (): boolean[] => gone.map((sealed) => readFileSync(file).includes(sealed));
  await server.dataSource().query('PRAGMA wal_checkpoint(TRUNCATE)');
  expect(inFile()).toEqual([true, true]);
  successOf(await alice.post(`/revoke/${revoked.wallet.client_id}`, { public_key: revoked.key.public_key }));
  await server.dataSource().query('PRAGMA wal_checkpoint(TRUNCATE)');
  expect(inFile()).toEqual([false, false]);

  await splitWallet(alice);
  const reader = new BetterSqlite3(file);
  const configuration = loadConfiguration({ DATA_DIR: server.dataDirectory });
  const rings = await readKeyRings(reader, await openCustody(readSealingKey(configuration)));
  const engine = await createProvenEngine('herumi');
  const open = (): readonly string[] => openEverything(reader, rings, engine, () => undefined);
  try {
    expect(open()).toEqual([
      '2 master keys',
      '2 mnemonics',
      '1 user shares',
      '0 kept answers',
      '1 server shares',
      '3 keys of the log',
    ]);
    // A live share that is empty was not erased by us.
    await server.dataSource().query(`UPDATE auth_server_shares SET sealed_server_share = x'' WHERE is_revoked = 0`);
    expect(open).toThrow('sealed_server_share of a row of auth_server_shares cannot be opened');
  } finally {
    reader.close();
  }
});
