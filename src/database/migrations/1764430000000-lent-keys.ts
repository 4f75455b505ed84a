import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * When a split key was lent, and whether its recipient has declined it. What was declined is remembered apart, since a
 * key can be lent to somebody else in between; an empty user key stands for all of that owner's.
 */
export class LentKeys1764430000000 implements MigrationInterface {
  readonly name = 'LentKeys1764430000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE vault_split_keys ADD COLUMN shared_at INTEGER NOT NULL DEFAULT 0');
    await runner.query('ALTER TABLE vault_split_keys ADD COLUMN declined_at INTEGER NOT NULL DEFAULT 0');
    // Not known better.
    await runner.query('UPDATE vault_split_keys SET shared_at = created_at WHERE shared_to IS NOT NULL');
    await runner.query('DROP INDEX vault_split_keys_shared_to');
    await runner.query(
      'CREATE INDEX vault_split_keys_shared_to ON vault_split_keys (shared_to, shared_at, wallet_id, position) ' +
        'WHERE shared_to IS NOT NULL AND declined_at = 0',
    );
    await runner.query(
      'CREATE INDEX vault_split_keys_lent ON vault_split_keys (owner_id, shared_to) ' +
        'WHERE shared_to IS NOT NULL AND is_revoked = 0',
    );
    await runner.query(
      'CREATE INDEX vault_split_keys_borrowed ON vault_split_keys (shared_to, client_id) WHERE shared_to IS NOT NULL',
    );
    await runner.query(
      `CREATE TABLE vault_declined_shares (
        recipient_id TEXT NOT NULL,
        owner_id TEXT NOT NULL,
        user_public_key TEXT NOT NULL,
        PRIMARY KEY (recipient_id, owner_id, user_public_key)
      )`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE vault_declined_shares');
    await runner.query('DROP INDEX vault_split_keys_borrowed');
    await runner.query('DROP INDEX vault_split_keys_lent');
    await runner.query('DROP INDEX vault_split_keys_shared_to');
    await runner.query(
      'CREATE INDEX vault_split_keys_shared_to ON vault_split_keys (shared_to, created_at, wallet_id, position) ' +
        'WHERE shared_to IS NOT NULL',
    );
    await runner.query('ALTER TABLE vault_split_keys DROP COLUMN declined_at');
    await runner.query('ALTER TABLE vault_split_keys DROP COLUMN shared_at');
  }
}
