import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import BetterSqlite3 from 'better-sqlite3';
import { COVERED_TABLES } from '../../src/covered-tables.js';
import { newDataDirectory, removeDataDirectories } from '../start/data-directories.js';
import { refusalOf, servedFrom, whileTesting } from '../start/served-directory.js';
import { problemOf, successOf } from '../support/api-client.js';
import type { Answer } from '../support/api-client.js';
import { keyWithPolicy } from '../support/key-with-policy.js';
import { signTransaction } from '../support/signing-calls.js';
import type { HeldKey } from '../support/signing-calls.js';
import type { TestServer } from '../support/test-server.js';
import { transfer } from '../support/transactions.js';
import type { WireWallet } from '../support/wire-types.js';
import { asWithoutOwners, REMOVE_CODES } from './earlier-release.js';

afterAll(removeDataDirectories);

let directory: string;
let wallet: WireWallet;
let key: HeldKey;
beforeEach(async () => {
  directory = newDataDirectory();
  await whileTesting(directory, async (server) => {
    ({ wallet, key } = await keyWithPolicy(server.as('alice'), { limits: [{ kind: 'total', max_count: 2 }] }));
    successOf(await pay(server, 1));
  });
});

function pay(server: TestServer, nonce: number): Promise<Answer> {
  return signTransaction(server.anonymous(), key, { ...transfer(wallet, '1'), transaction_nonce: String(nonce) });
}

function inDatabase<T>(work: (connection: BetterSqlite3.Database) => T): T {
  const connection = new BetterSqlite3(join(directory, 'kms.sqlite'));
  try {
    return work(connection);
  } finally {
    connection.close();
  }
}

describe('the codes of rows', () => {
  it('are made by the first start after an upgrade, with the freezes that there must be', async () => {
    await asWithoutOwners(directory);
    inDatabase((connection) => connection.exec(`${REMOVE_CODES} DELETE FROM auth_freezes`));
    await whileTesting(directory, async (server) => {
      expect(await server.anonymous().get('/health/ready')).toMatchObject({ status: 200 });
    });
    for (const { table } of COVERED_TABLES) {
      const counted = `SELECT count(*) AS rows, count(mac) AS codes FROM ${table}`;
      const found = inDatabase((connection) => connection.prepare(counted).get());
      expect(found).toEqual({ rows: 1, codes: 1 });
    }
    await whileTesting(directory, async (server) => {
      successOf(await pay(server, 2));
      expect(problemOf(await pay(server, 3), 400).code).toBe('SIGNING.NOT_ALLOWED');
      expect((await server.anonymous().get('/metrics')).text).toMatch(/^kms_altered_rows_read_total 0$/m);
    });
  });

  it('are not made anew by a start that finds none', async () => {
    inDatabase((connection) => connection.exec('UPDATE auth_server_shares SET mac = NULL'));
    await whileTesting(directory, async (server) => {
      expect(problemOf(await pay(server, 2), 500).code).toBe('RECORD.ALTERED');
    });
  });

  it.each(['', 'DELETE FROM audit_log_keys'])(
    'are not made anew where their key was removed, and the start is refused (%s)',
    async (also) => {
      inDatabase((connection) => connection.exec(`${REMOVE_CODES} ${also}`));
      expect(await refusalOf(servedFrom(directory))).toContain('the database has lost its data keys (rows)');
    },
  );

  it('hold through restarts, whatever was done with the wallet', async () => {
    await whileTesting(directory, async (server) => {
      const owner = server.as('alice');
      successOf(await owner.post('/share', { public_key: key.userPublicKey, target_user_id: 'bob' }));
      successOf(await owner.post(`/freeze/${key.clientId}`));
      successOf(await owner.post(`/thaw/${key.clientId}`));
      const named = owner.with({ 'X-Peer-Public-Key': key.userPublicKey });
      successOf(await named.put(`/restrictions/${key.clientId}`, { restrictions: ['token_transfers'] }));
    });
    await whileTesting(directory, async (server) => {
      successOf(await pay(server, 2));
      expect((await server.anonymous().get('/metrics')).text).toMatch(/^kms_altered_rows_read_total 0$/m);
    });
  });
});
