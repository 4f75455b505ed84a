import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { COVERED_TABLES } from '../../src/covered-tables.js';
import type { CoveredTable } from '../../src/database/rows/covered-table.js';
import { problemOf, successOf } from '../support/api-client.js';
import type { Answer } from '../support/api-client.js';
import { signMessage } from '../support/signing-calls.js';
import { startTestServer } from '../support/test-server.js';
import type { TestServer } from '../support/test-server.js';
import type { WireWallet } from '../support/wire-types.js';
import { sha3 } from '../support/wallet-client.js';
import { newWorld } from './access-world.js';
import type { World } from './access-world.js';

let server: TestServer;
let world: World;
let other: World;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());
beforeEach(async () => {
  [world, other] = [await newWorld(server), await newWorld(server)];
});

const query = (sql: string, ...values: unknown[]): Promise<unknown> => server.dataSource().query(sql, values);

/** Somebody with the file in hand, at the one row of a world's wallet. */
async function alter({ table }: CoveredTable, column: string, value: string, of = world): Promise<void> {
  await withoutForeignKeys();
  await query(`UPDATE ${table} SET ${column} = ${value} WHERE client_id = ?`, of.clientId);
  await query('PRAGMA foreign_keys = ON');
}

/** SQLite does not hear of it inside a transaction, as of what is recorded behind the answers. */
async function withoutForeignKeys(): Promise<void> {
  for (;;) {
    await query('PRAGMA foreign_keys = OFF');
    const [{ foreign_keys: isOn }] = (await query('PRAGMA foreign_keys')) as [{ foreign_keys: number }];
    if (isOn === 0) return;
    await setTimeout(1);
  }
}

/** What is possible with the wallet: sign with its split key, split it again, lend the split key, be shown its share. */
async function attempts(
  of = world,
): Promise<Record<'signed' | 'split' | 'lent', Answer> & { shown: readonly string[] }> {
  const owner = server.as(of.owner);
  const signed = await signMessage(server.anonymous(), of, sha3('altered'));
  const split = await owner.post(`/key/${of.clientId}`);
  const lent = await owner.post('/share', { public_key: of.userPublicKey, target_user_id: 'mallory', replace: true });
  const listed = await Promise.all([
    owner.get(`/keys/${of.clientId}`),
    server.as('mallory').get(`/keys/${of.clientId}`),
    server.as('mallory').get('/wallets/shared'),
  ]);
  return { signed, split, lent, shown: listed.map(({ text }) => text) };
}

async function expectRefused(table: CoveredTable): Promise<void> {
  const before = await query('SELECT count(*) AS n FROM vault_split_keys');
  const { signed, split, lent, shown } = await attempts();
  const codes = [signed, split, lent].map((answer) =>
    answer.status < 300 ? 'done' : problemOf(answer, answer.status).code,
  );
  // Nothing is done by a row that says something else than was written, by whatever name it can still be found.
  const [sign, another, lend] = codes;
  if (table.table.startsWith('auth_')) expect(sign).not.toBe('done');
  if (table.table === 'vault_wallets') {
    expect(another).not.toBe('done');
    expect(await query('SELECT count(*) AS n FROM vault_split_keys')).toEqual(before);
  }
  if (table.table === 'vault_split_keys') {
    expect(lend).not.toBe('done');
    expect(shown.join()).not.toContain(world.userShare);
  }
  // Others are served as before.
  successOf(await signMessage(server.anonymous(), other, sha3('as before')));
}

/** Those of counts and decisions are no wallet's by themselves: altered-counts.spec.ts. */
const TABLES = COVERED_TABLES.filter(({ covered, key }) => [...key, ...covered].includes('client_id'));

const COLUMNS = TABLES.flatMap((table) =>
  [...table.key, ...table.covered, 'version', 'mac'].map((column) => [table.table, column, table] as const),
);

const ANOTHER_VALUE = (column: string): string =>
  `CASE typeof(${column}) WHEN 'integer' THEN ${column} + 1 WHEN 'blob' THEN zeroblob(24)
     WHEN 'null' THEN 'mallory' ELSE substr(${column}, 2) || 'x' END`;
const ANOTHER_KIND = (column: string): string => (column === 'mac' ? 'NULL' : 'zeroblob(24)');

describe.each(COLUMNS)('somebody who writes into %s.%s', (_name, column, table) => {
  it.each([
    ['value', ANOTHER_VALUE],
    ['kind', ANOTHER_KIND],
  ] as const)('has the row refused that has another %s there', async (_what, valueOf) => {
    await alter(table, column, valueOf(column));
    await expectRefused(table);
  });
});

describe.each(TABLES.map((table) => [table.table, table] as const))('a row of %s', (name, table) => {
  it('does not hold with the code of another row, or of none', async () => {
    for (const value of [`(SELECT mac FROM ${name} WHERE client_id = '${other.clientId}')`, 'NULL', `x''`]) {
      await alter(table, 'mac', value);
      await expectRefused(table);
    }
  });

  it('is told once in the record, in the log and by ready, and counted each time', async () => {
    const counted = async (): Promise<number> =>
      Number(/^kms_altered_rows_read_total (\d+)/m.exec((await server.anonymous().get('/metrics')).text)?.[1]);
    const before = await counted();
    await alter(table, 'mac', 'NULL');
    await attempts();
    await attempts();
    expect(await counted()).toBeGreaterThan(before + 1);
    const keys = (await query(
      `SELECT ${table.key.join(` || ' ' || `)} AS row FROM ${name} WHERE client_id = ? AND mac IS NULL`,
      world.clientId,
    )) as { row: string }[];
    const ours = async (): Promise<readonly string[]> => {
      const told = (await server.audit()).filter(({ action }) => action === 'find-altered-row');
      return told
        .map(({ facts }) => (JSON.parse(facts ?? '{}') as { altered: { table: string; row: string } }).altered)
        .filter((altered) => altered.table === name && keys.some(({ row }) => row === altered.row))
        .map((altered) => altered.row);
    };
    // In a write of its own, behind the answer.
    for (let look = 0; look < 200 && (await ours()).length === 0; look += 1) await setTimeout(10);
    expect(await ours()).toEqual(keys.map(({ row }) => row));
    const ready = successOf<{ warnings?: string[] }>(await server.anonymous().get('/health/ready'));
    expect(ready.warnings?.join()).toContain('rows: altered behind the back of the service');
  });
});

describe('somebody with the file in hand', () => {
  it('does not revive a split key that was revoked', async () => {
    const kept = await query(
      'SELECT terms, sealed_server_share FROM auth_server_shares WHERE client_id = ?',
      world.clientId,
    );
    const [{ terms, sealed_server_share: sealed } = {}] = kept as Record<string, unknown>[];
    successOf(await server.as(world.owner).post(`/revoke/${world.clientId}`, { public_key: world.userPublicKey }));
    const revive = 'UPDATE auth_server_shares SET terms = ?, sealed_server_share = ? WHERE client_id = ?';
    await query(revive, terms, sealed, world.clientId);
    expect(problemOf(await signMessage(server.anonymous(), world, sha3('revived')), 500).code).toBe('RECORD.ALTERED');
  });

  it('does not thaw a wallet by removing its freeze, and no split key comes later', async () => {
    successOf(await server.as(world.owner).post(`/freeze/${world.clientId}`));
    await query('DELETE FROM auth_freezes WHERE client_id = ?', world.clientId);
    expect(problemOf(await signMessage(server.anonymous(), world, sha3('thawed')), 500).code).toBe('RECORD.ALTERED');
    const later = await server.as(world.owner).post(`/key/${world.clientId}`);
    expect(problemOf(later, 500).code).toBe('RECORD.ALTERED');
    expect(problemOf(await server.as(world.owner).post(`/thaw/${world.clientId}`), 500).code).toBe('RECORD.ALTERED');
  });

  it('becomes the owner of nothing: of a wallet, its split keys, or an answer that is kept', async () => {
    const once = server.as('carol').with({ 'Idempotency-Key': 'once' });
    const wallet = successOf<WireWallet>(await once.post('/wallet'), 201);
    for (const table of ['vault_wallets', 'vault_split_keys', 'auth_server_shares', 'auth_freezes', 'auth_policies']) {
      await query(
        `UPDATE ${table} SET owner_id = 'mallory' WHERE client_id IN (?, ?)`,
        world.clientId,
        wallet.client_id,
      );
    }
    await query(`UPDATE vault_kept_answers SET owner_id = 'mallory' WHERE owner_id = 'carol'`);
    const mallory = server.as('mallory');
    const again = await mallory.with({ 'Idempotency-Key': 'once' }).post('/wallet');
    expect(again.text).not.toContain(wallet.mnemonics);
    expect(again.status).toBe(500);
    expect((await mallory.get(`/keys/${world.clientId}`)).text).not.toContain(world.userShare);
    expect(problemOf(await mallory.post(`/key/${world.clientId}`), 500).code).toBe('RECORD.ALTERED');
  });

  it('stops one split key alone among 64 that sign at once, and its owner can revoke and delete it', async () => {
    await alter({ table: 'auth_server_shares', key: ['id'], covered: [], leftOut: {} }, 'terms', `'{"policy":{}} '`);
    const keys = Array.from({ length: 64 }, (_, index) => (index % 2 === 0 ? other : world));
    const answers = await Promise.all(
      keys.map((key, index) => signMessage(server.anonymous(), key, sha3(`at once ${index}`))),
    );
    expect(answers.map(({ status }) => status)).toEqual(keys.map((key) => (key === other ? 200 : 500)));
    const owner = server.as(world.owner);
    successOf(await owner.post(`/revoke/${world.clientId}`, { public_key: world.userPublicKey }));
    const [row] = (await query(
      'SELECT sealed_server_share AS sealed FROM auth_server_shares WHERE client_id = ?',
      world.clientId,
    )) as {
      sealed: Buffer;
    }[];
    expect(row?.sealed).toHaveLength(0);
    expect(problemOf(await signMessage(server.anonymous(), world, sha3('revoked')), 500).code).toBe('RECORD.ALTERED');
    successOf(await owner.post(`/delete/${world.clientId}`));
  });
});
