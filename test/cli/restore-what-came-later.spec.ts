import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import BetterSqlite3 from 'better-sqlite3';
import { newDataDirectory, removeDataDirectories } from '../start/data-directories.js';
import { servedFrom } from '../start/served-directory.js';
import { successOf } from '../support/api-client.js';
import { foreignSplitKey } from '../support/foreign-split-key.js';
import { splitWallet } from '../support/split-wallet.js';
import { startTestServer } from '../support/test-server.js';
import type { TestServer } from '../support/test-server.js';
import type { WireSplitKey } from '../support/wire-types.js';
import { kmsHere } from './kms-here.js';

jest.setTimeout(120_000);

interface Change {
  readonly what: string;
  readonly client_id: string;
  readonly public_key?: string;
  readonly by?: string;
}

let served: string;
let backup: string;
let record: string;
let vkey: string;
/** What was done behind the backup, in its order. */
let later: readonly Change[];

const serve = (): Promise<TestServer> =>
  startTestServer({ ...servedFrom(served), DATABASE: join(served, 'kms.sqlite'), AUDIT_CHECKPOINT_SECONDS: '1' });

/** Stops it when a checkpoint covers all that there is, or nothing could be exported. */
async function stopSigned(server: TestServer): Promise<void> {
  const size = (await server.audit()).length;
  const newest = async (): Promise<number> =>
    Number((await server.anonymous().get('/audit/checkpoint')).text.split('\n')[1]);
  while (!((await newest()) >= size)) {
    server.clock.advanceSeconds(1);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await server.close();
}

beforeAll(async () => {
  served = newDataDirectory();
  const first = await serve();
  const alice = first.as('alice');
  ({ checkpoints: vkey } = successOf<{ checkpoints: string }>(await alice.get('/audit/key')));
  const { wallet, key } = await splitWallet(alice);
  const other = await splitWallet(alice);
  const gone = await splitWallet(first.as('bob'));
  const both = await foreignSplitKey();
  for (const user of ['alice', 'bob']) {
    successOf(await first.as(user).post('/store', { private_key: both.masterKey }), 201);
  }
  const [client_id, revoked] = [wallet.client_id, key.public_key];
  await stopSigned(first);
  backup = join(served, '..', 'copy.sqlite');
  cpSync(join(served, 'kms.sqlite'), backup);

  const second = await serve();
  const again = second.as('alice');
  successOf(await again.post(`/revoke/${client_id}`, { public_key: revoked }));
  const made = successOf<WireSplitKey>(await again.post(`/key/${client_id}`), 201);
  successOf(await again.post(`/revoke/${client_id}`, { public_key: made.public_key }));
  successOf(await again.post(`/freeze/${client_id}`));
  successOf(await again.post(`/freeze/${other.wallet.client_id}`));
  successOf(await again.post(`/thaw/${other.wallet.client_id}`));
  const naming = again.with({ 'X-Peer-Public-Key': other.key.public_key });
  successOf(await naming.put(`/restrictions/${other.wallet.client_id}`, { restrictions: ['token_transfers'] }));
  successOf(await second.as('bob').post(`/delete/${gone.wallet.client_id}`));
  // Two may have stored the same key, and what one does is nothing of the other's; nor is what a third one stores now.
  successOf(await again.post(`/freeze/${both.clientId}`));
  successOf(await second.as('bob').post(`/delete/${both.clientId}`));
  successOf(await second.as('carol').post('/store', { private_key: both.masterKey }), 201);
  successOf(await again.post(`/delete/${both.clientId}`));
  await stopSigned(second);
  record = join(served, '..', 'record');
  expect(
    await kmsHere(['audit', 'export', join(served, 'kms.sqlite'), record, '--vkey', vkey], servedFrom(served)),
  ).toMatchObject({ code: 0 });
  later = [
    { what: 'revoked', client_id, public_key: revoked, by: 'alice' },
    { what: 'frozen', client_id, by: 'alice' },
    { what: 'thawed', client_id: other.wallet.client_id, by: 'alice' },
    { what: 'restricted', client_id: other.wallet.client_id, public_key: other.key.public_key, by: 'alice' },
    { what: 'deleted', client_id: gone.wallet.client_id, by: 'bob' },
    { what: 'frozen', client_id: both.clientId, by: 'alice' },
    { what: 'deleted', client_id: both.clientId, by: 'bob' },
    { what: 'deleted', client_id: both.clientId, by: 'alice' },
  ];
});
afterAll(removeDataDirectories);

function copied(): string {
  const directory = newDataDirectory();
  mkdirSync(directory, { mode: 0o700 });
  for (const name of ['kms.sqlite', 'sealing-key', 'checkpoints']) cpSync(join(served, name), join(directory, name));
  return directory;
}

async function toDoAgain(directory: string, ...more: string[]): Promise<Change[]> {
  const { code, out } = await kmsHere(['restore', backup, '--json', '--vkey', vkey, ...more], servedFrom(directory));
  expect(code).toBe(0);
  const { to_do_again: changes } = JSON.parse(out) as { to_do_again: (Change & { entry: number })[] };
  return changes.map(({ entry, ...change }) => {
    expect(entry).toBeGreaterThan(0);
    return change;
  });
}

describe('what came after a backup', () => {
  it('is listed as the replaced database tells it, and not done by itself', async () => {
    const directory = copied();
    expect(await toDoAgain(directory)).toEqual(later);
    const connection = new BetterSqlite3(join(directory, 'kms.sqlite'), { readonly: true });
    const revoked = connection
      .prepare<[], number>('SELECT count(*) FROM vault_split_keys WHERE is_revoked <> 0')
      .pluck();
    expect(revoked.get()).toBe(0);
    connection.close();
  });

  it('is told in lines that name each and what to do', async () => {
    const { out } = await kmsHere(['restore', backup, '--vkey', vkey], servedFrom(copied()));
    const [first, second] = later;
    expect(out).toMatch(
      new RegExp(
        `the split key ${String(first?.public_key)} of the wallet ${String(first?.client_id)} was revoked after the copy ` +
          'was made, and signs again with it: revoke it again \\(entry \\d+, by alice\\)\\n',
      ),
    );
    expect(out).toContain(
      `the wallet ${String(second?.client_id)} was frozen after the copy was made: freeze it again`,
    );
  });

  it('is known from a record that was kept elsewhere, where the database is gone or damaged', async () => {
    const gone = copied();
    rmSync(join(gone, 'kms.sqlite'));
    expect(await toDoAgain(gone, '--record', record)).toEqual(later);
    const damaged = copied();
    writeFileSync(join(damaged, 'kms.sqlite'), 'this is no database any more'.repeat(200));
    expect(await toDoAgain(damaged, '--record', record)).toEqual(later);
    const nothing = copied();
    rmSync(join(nothing, 'kms.sqlite'));
    const { code, out } = await kmsHere(['restore', backup], servedFrom(nothing));
    expect(code).toBe(0);
    expect(out).toContain('of what came later the database that was there says nothing: it is gone\n');
  });

  it('is believed of no record that is another one, or was changed', async () => {
    const directory = copied();
    const changed = join(directory, '..', 'changed.sqlite');
    cpSync(join(served, 'kms.sqlite'), changed);
    const connection = new BetterSqlite3(changed);
    connection.exec(`DROP TRIGGER audit_entries_are_not_changed;
      UPDATE audit_entries SET entry = replace(entry, 'alice', 'mallo') WHERE id = 2`);
    connection.close();
    for (const other of [changed, join(directory, '..', 'absent')]) {
      const words = ['restore', backup, '--vkey', vkey, '--record', other];
      const { code, out, error } = await kmsHere(words, servedFrom(directory));
      expect([code, out]).toEqual([2, '']);
      expect(error).toMatch(/cannot restore: --record names a record that (does not hold|cannot be read)/);
    }
  });
});
