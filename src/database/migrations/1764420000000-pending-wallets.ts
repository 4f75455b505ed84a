import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A deleted wallet keeps its row until `deletes_at`, in seconds since 1970; NULL is a live one. Each kind has its index. */
export class PendingWallets1764420000000 implements MigrationInterface {
  readonly name = 'PendingWallets1764420000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE vault_wallets ADD COLUMN deletes_at INTEGER');
    await runner.query('DROP INDEX vault_wallets_owner');
    await runner.query(
      'CREATE INDEX vault_wallets_owner ON vault_wallets (owner_id, created_at_ms, client_id) WHERE deletes_at IS NULL',
    );
    await runner.query(
      'CREATE INDEX vault_wallets_deleted ON vault_wallets (owner_id, deletes_at, client_id) WHERE deletes_at IS NOT NULL',
    );
    await runner.query(
      'CREATE INDEX vault_wallets_deleting ON vault_wallets (deletes_at) WHERE deletes_at IS NOT NULL',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX vault_wallets_deleting');
    await runner.query('DROP INDEX vault_wallets_deleted');
    await runner.query('DROP INDEX vault_wallets_owner');
    await runner.query('CREATE INDEX vault_wallets_owner ON vault_wallets (owner_id, created_at_ms, client_id)');
    // An earlier release knows no wallet that is on its way out.
    await runner.query('DELETE FROM vault_wallets WHERE deletes_at IS NOT NULL');
    await runner.query('ALTER TABLE vault_wallets DROP COLUMN deletes_at');
  }
}
