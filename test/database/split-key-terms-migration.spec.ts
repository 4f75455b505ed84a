import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { migratedDatabase, undoDownTo } from './migrated-database.js';
import type { MigratedDatabase } from './migrated-database.js';

let database: MigratedDatabase;
beforeEach(async () => {
  database = await migratedDatabase();
  await undoDownTo('SigningDecisions1764600000000', database);
});
afterEach(() => database.close());

interface OldShare {
  readonly restrictions: string | null;
  readonly is_revoked: number;
  readonly expires_at: number;
}

async function insert(shares: readonly OldShare[]): Promise<void> {
  for (const [index, { restrictions, is_revoked, expires_at }] of shares.entries()) {
    await database.dataSource.query(
      `INSERT INTO auth_server_shares
         (id, owner_id, client_id, client_key, user_public_key, server_public_key, sealed_server_share,
          restrictions, is_revoked, created_at, expires_at, last_used_at)
         VALUES (?, 'owner', 'client', 'client key', ?, ?, x'01', ?, ?, 17, ?, 0)`,
      [String(index), `user ${index}`, `server ${index}`, restrictions, is_revoked, expires_at],
    );
  }
}

const read = <Row>(columns: string, table = 'auth_server_shares'): Promise<Row[]> =>
  database.dataSource.query(`SELECT ${columns} FROM ${table} ORDER BY user_public_key`);

const SHARES: readonly OldShare[] = [
  { restrictions: null, is_revoked: 0, expires_at: 0 },
  { restrictions: '[]', is_revoked: 1, expires_at: 77 },
  { restrictions: '["token_transfers","data_signing"]', is_revoked: 0, expires_at: 78 },
  // What was damaged before means no more afterwards.
  { restrictions: '', is_revoked: 0, expires_at: 79 },
  { restrictions: 'null', is_revoked: 0, expires_at: 80 },
  { restrictions: '{"policy":{}}', is_revoked: 1, expires_at: 0 },
];

it('makes one text of list, end and standing, and the first revision of each policy', async () => {
  await insert(SHARES);
  await database.dataSource.runMigrations();
  expect(await read('terms, is_revoked, expires_at, revision')).toEqual([
    { terms: '{"policy":{}}', is_revoked: 0, expires_at: 0, revision: 1 },
    {
      terms: '{"policy":{"operations":[],"expires_at":77},"revoked":true}',
      is_revoked: 1,
      expires_at: 77,
      revision: 1,
    },
    {
      terms: '{"policy":{"operations":["token_transfers","data_signing"],"expires_at":78}}',
      is_revoked: 0,
      expires_at: 78,
      revision: 1,
    },
    { terms: '{"policy":{"operations":"","expires_at":79}}', is_revoked: 0, expires_at: 79, revision: 1 },
    { terms: '{"policy":{"operations":null,"expires_at":80}}', is_revoked: 0, expires_at: 80, revision: 1 },
    { terms: '{"policy":{"operations":{"policy":{}}},"revoked":true}', is_revoked: 1, expires_at: 0, revision: 1 },
  ]);
  const [first, second] = await read('*', 'auth_policies');
  expect([first, second]).toEqual([
    {
      owner_id: 'owner',
      client_id: 'client',
      user_public_key: 'user 0',
      revision: 1,
      at_ms: 17_000,
      by_user_id: 'owner',
      note: null,
      policy: '{}',
    },
    expect.objectContaining({ user_public_key: 'user 1', policy: '{"operations":[],"expires_at":77}' }),
  ]);
});

it('can be undone, and gives lists, ends and standings back', async () => {
  await insert(SHARES);
  await database.dataSource.runMigrations();
  await undoDownTo('SigningDecisions1764600000000', database);
  expect(await read('restrictions, is_revoked, expires_at')).toEqual(SHARES);
});

it('shows a row whose text is damaged as one that is not revoked and has no end', async () => {
  await insert(SHARES);
  await database.dataSource.runMigrations();
  for (const damaged of [`'{'`, `x'00ff'`, `'[]'`, `'{"revoked":[1],"policy":{"expires_at":{}}}'`]) {
    await database.execute(`UPDATE auth_server_shares SET terms = ${damaged}`);
    const rows = await read<object>('is_revoked, expires_at');
    expect(rows).toEqual(SHARES.map(() => ({ is_revoked: 0, expires_at: 0 })));
  }
});
