import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import BetterSqlite3 from 'better-sqlite3';
import { COVERED_TABLES } from '../../src/covered-tables.js';
import { newDataDirectory, removeDataDirectories } from '../start/data-directories.js';
import { refusalOf, servedFrom, whileTesting } from '../start/served-directory.js';
import { problemOf, successOf } from '../support/api-client.js';
import { heldKey, signMessage } from '../support/signing-calls.js';
import type { HeldKey } from '../support/signing-calls.js';
import { splitWallet } from '../support/split-wallet.js';
import { sha3 } from '../support/wallet-client.js';
import { asWithoutOwners } from './earlier-release.js';

afterAll(removeDataDirectories);

let directory: string;
let key: HeldKey;
beforeEach(async () => {
  directory = newDataDirectory();
  await whileTesting(directory, async (server) => {
    key = heldKey((await splitWallet(server.as('alice'))).key);
  });
});

function inDatabase<T>(work: (connection: BetterSqlite3.Database) => T): T {
  const connection = new BetterSqlite3(join(directory, 'kms.sqlite'));
  try {
    return work(connection);
  } finally {
    connection.close();
  }
}

/** What somebody does who wants all codes to be made anew; and an earlier release has none of it either. */
const REMOVE_CODES = `
  DELETE FROM data_key_wrappings WHERE data_key_id IN (SELECT id FROM data_keys WHERE domain = 'rows');
  DELETE FROM data_keys WHERE domain = 'rows';
  ${COVERED_TABLES.map(({ table }) => `UPDATE ${table} SET mac = NULL;`).join('')}`;

describe('the codes of rows', () => {
  it('are made by the first start after an upgrade, with the freezes that there must be', async () => {
    await asWithoutOwners(directory);
    inDatabase((connection) => connection.exec(`${REMOVE_CODES} DELETE FROM auth_freezes`));
    await whileTesting(directory, async (server) => {
      successOf(await signMessage(server.anonymous(), key, sha3('upgraded')));
    });
    for (const { table } of COVERED_TABLES) {
      const counted = `SELECT count(*) AS rows, count(mac) AS codes FROM ${table}`;
      const found = inDatabase((connection) => connection.prepare(counted).get());
      expect(found).toEqual({ rows: 1, codes: 1 });
    }
  });

  it('are not made anew by a start that finds none', async () => {
    inDatabase((connection) => connection.exec('UPDATE auth_server_shares SET mac = NULL'));
    await whileTesting(directory, async (server) => {
      expect(problemOf(await signMessage(server.anonymous(), key, sha3('none')), 500).code).toBe('RECORD.ALTERED');
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
      successOf(await named.put(`/restrictions/${key.clientId}`, { restrictions: ['message_signing'] }));
    });
    await whileTesting(directory, async (server) => {
      successOf(await signMessage(server.anonymous(), key, sha3('after a restart')));
      expect((await server.anonymous().get('/metrics')).text).toMatch(/^kms_altered_rows_read_total 0$/m);
    });
  });
});
