import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import BetterSqlite3 from 'better-sqlite3';
import { kmsHere } from '../cli/kms-here.js';
import { newDataDirectory, removeDataDirectories } from '../start/data-directories.js';
import { servedFrom, whileTesting } from '../start/served-directory.js';
import { successOf } from '../support/api-client.js';
import type { WireSplitKey, WireWallet } from '../support/wire-types.js';
import { asWithoutOwners, sealingOf } from './earlier-release.js';

afterAll(removeDataDirectories);

let directory: string;
let lent: WireSplitKey;
beforeEach(async () => {
  directory = newDataDirectory();
  await whileTesting(directory, async (server) => {
    const wallet = await server.as('alice').with({ 'Idempotency-Key': 'once' }).post('/wallet');
    const { client_id: clientId } = successOf<WireWallet>(wallet, 201);
    lent = successOf<WireSplitKey>(await server.as('alice').post(`/key/${clientId}`), 201);
    successOf(await server.as('alice').post('/share', { public_key: lent.public_key, target_user_id: 'bob' }));
  });
});

function changeDatabase(sql: string): void {
  const connection = new BetterSqlite3(join(directory, 'kms.sqlite'));
  connection.exec(sql);
  connection.close();
}

async function borrowedBy(userId: string): Promise<readonly (string | undefined)[]> {
  return whileTesting(directory, async (server) => {
    const listed = successOf<WireSplitKey[]>(await server.as(userId).get('/wallets/shared'));
    return listed.map((key) => key.private_key);
  });
}

/** Whether all that is sealed opens where it lies: what restoring a copy checks. */
async function opens(): Promise<string> {
  const into = newDataDirectory();
  const copy = join(into, '..', 'copy.sqlite');
  changeDatabase(`VACUUM INTO '${copy}'`);
  mkdirSync(into);
  const settings = { ...servedFrom(directory), DATABASE: join(into, 'kms.sqlite') };
  const { code, out, error } = await kmsHere(['restore', copy], settings);
  return code === 0 ? 'all' : out + error;
}

describe('what is sealed', () => {
  it('opens for its owner and its recipient, also when it is lent to somebody else', async () => {
    expect(await borrowedBy('bob')).toEqual([lent.private_key]);
    await whileTesting(directory, async (server) => {
      const asked = { public_key: lent.public_key, target_user_id: 'carol', replace: true };
      successOf(await server.as('alice').post('/share', asked));
    });
    expect(await borrowedBy('carol')).toEqual([lent.private_key]);
    expect(await opens()).toBe('all');
  });

  it.each([
    ['the owner of a wallet', `UPDATE vault_wallets SET owner_id = 'mallory'`, 'sealed_master_key'],
    ['the owner of a split key', `UPDATE vault_split_keys SET owner_id = 'mallory'`, 'sealed_user_share'],
    ['the recipient', `UPDATE vault_split_keys SET shared_to = 'mallory'`, 'sealed_user_share'],
    ['that it is lent at all', `UPDATE vault_split_keys SET shared_to = NULL`, 'sealed_user_share'],
    ['whose answer is kept', `UPDATE vault_kept_answers SET owner_id = 'mallory'`, 'sealed_answer'],
    ['the owner of a server share', `UPDATE auth_server_shares SET owner_id = 'mallory'`, 'sealed_server_share'],
  ])('does not open when somebody changed %s in the file', async (_what, change, column) => {
    expect(await opens()).toBe('all');
    changeDatabase(change);
    expect(await opens()).toContain(`the copy is not sound: ${column} of a row`);
  });

  it('by the release before, without its owner, is sealed again at the first start', async () => {
    const { formats, keys } = sealingOf(directory);
    await asWithoutOwners(directory);
    expect(sealingOf(directory)).toEqual({ formats: { '02': formats['03'] }, keys });
    expect(await borrowedBy('bob')).toEqual([lent.private_key]);
    expect(sealingOf(directory)).toEqual({ formats, keys });
    expect(await opens()).toBe('all');
  });
});
