import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { migratedDatabase, undoDownTo } from './migrated-database.js';
import type { MigratedDatabase } from './migrated-database.js';

let database: MigratedDatabase;
beforeEach(async () => {
  database = await migratedDatabase();
});
afterEach(() => database.close());

interface Loan {
  readonly shared_to: string | null;
  readonly declined_at: number;
  /** As ZAuth knows it: who made it, or set it up. */
  readonly owner_at_auth?: string;
}

async function insert(loans: readonly Loan[]): Promise<void> {
  await database.dataSource.query(
    `INSERT INTO vault_wallets (id, owner_id, client_id, client_key, sealed_master_key, created_at_ms)
       VALUES ('wallet', 'owner', 'client', 'client key', x'01', 0)`,
  );
  for (const [index, { shared_to, declined_at, owner_at_auth = 'owner' }] of loans.entries()) {
    await database.dataSource.query(
      `INSERT INTO vault_split_keys
         (id, wallet_id, position, owner_id, client_id, client_key, user_public_key, server_public_key,
          sealed_user_share, terms, shared_to, created_at, shared_at, declined_at)
         VALUES (?, 'wallet', ?, 'owner', 'client', 'client key', ?, ?, x'01', '{"policy":{}}', ?, 17, 17, ?)`,
      [String(index), index, `user ${index}`, `server ${index}`, shared_to, declined_at],
    );
    await database.dataSource.query(
      `INSERT INTO auth_server_shares
         (id, owner_id, client_id, client_key, user_public_key, server_public_key, sealed_server_share, terms,
          created_at, last_used_at)
         VALUES (?, ?, 'client', 'client key', ?, ?, x'01', '{"policy":{}}', 17, 0)`,
      [String(index), owner_at_auth, `user ${index}`, `server ${index}`],
    );
  }
}

it('has ZAuth know who has a split key of ZVault, and has not declined it', async () => {
  await undoDownTo('SigningHistoryIndex1764730000000', database);
  await insert([
    { shared_to: 'bob', declined_at: 0 },
    { shared_to: 'bob', declined_at: 18 },
    { shared_to: null, declined_at: 0 },
    { shared_to: 'bob', declined_at: 0, owner_at_auth: 'somebody else' },
  ]);
  await database.dataSource.runMigrations();
  expect(await database.dataSource.query('SELECT lent_to FROM auth_server_shares ORDER BY id')).toEqual([
    { lent_to: 'bob' },
    { lent_to: null },
    { lent_to: null },
    { lent_to: null },
  ]);
});
