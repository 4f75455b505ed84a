import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import BetterSqlite3 from 'better-sqlite3';
import { openEverything } from '../../src/cli/restore/open-everything.js';
import { loadConfiguration } from '../../src/config/load-configuration.js';
import { readSealingKey } from '../../src/config/local-secrets.js';
import { createProvenEngine } from '../../src/crypto/create-engine.js';
import { readKeyRings } from '../../src/data-keys/open-key-rings.js';
import { SEALED_COLUMNS } from '../../src/sealed-columns.js';
import { openCustody } from '../../src/start/open-custody.js';
import { Sweeper } from '../../src/sweeping/sweeper.js';
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

/** Takes the log into the file; a read of the service's own that is under way at that moment is in its way. */
async function writeBack(): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    try {
      await server.dataSource().query('PRAGMA wal_checkpoint(TRUNCATE)');
      return;
    } catch (error) {
      if (tries > 100 || !String(error).includes('is locked')) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

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
  await writeBack();
  expect(inFile()).toEqual([true, true]);
  successOf(await alice.post(`/revoke/${revoked.wallet.client_id}`, { public_key: revoked.key.public_key }));
  await writeBack();
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

it('neither file nor log holds anything sealed of a destroyed wallet: key, words, shares, kept answers', async () => {
  const bob = server.as('bob');
  const { wallet } = await splitWallet(bob);
  successOf(await bob.with({ 'Idempotency-Key': 'once' }).post(`/key/${wallet.client_id}`), 201);
  const every = async (): Promise<Map<string, Buffer[]>> => {
    const columns = SEALED_COLUMNS.filter(({ domain }) => domain !== 'audit');
    const values = columns.map(async ({ table, column }): Promise<[string, Buffer[]]> => {
      const sealed = await sealedOf(table, column);
      return [`${table}.${column}`, sealed.filter((value) => Buffer.isBuffer(value) && value.length > 0)];
    });
    return new Map(await Promise.all(values));
  };
  const before = await every();
  successOf(await bob.post(`/delete/${wallet.client_id}`));
  server.clock.advanceSeconds(8 * 86_400);
  await server.app.get(Sweeper, { strict: false }).sweep();
  const after = await every();
  const gone = [...before].map(([place, values]): [string, Buffer[]] => [
    place,
    values.filter((value) => !(after.get(place) ?? []).some((left) => left.equals(value))),
  ]);
  // Of each column something was there and went.
  expect(gone.map(([place, values]) => [place, values.length > 0])).toEqual(gone.map(([place]) => [place, true]));
  await writeBack();
  const file = join(server.dataDirectory, 'kms.sqlite');
  for (const bytes of [readFileSync(file), readFileSync(`${file}-wal`)]) {
    expect(gone.filter(([, values]) => values.some((value) => bytes.includes(value))).map(([place]) => place)).toEqual(
      [],
    );
  }
});
