import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Lists are read in slices, each one range of an index that has the list's order: those of wallets and shared keys too. */
export class ListIndexes1764061200000 implements MigrationInterface {
  readonly name = 'ListIndexes1764061200000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE INDEX vault_wallets_owner ON vault_wallets (owner_id, created_at_ms, client_id)');
    await runner.query('DROP INDEX vault_split_keys_shared_to');
    await runner.query(
      'CREATE INDEX vault_split_keys_shared_to ON vault_split_keys (shared_to, created_at, wallet_id, position) ' +
        'WHERE shared_to IS NOT NULL',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX vault_split_keys_shared_to');
    await runner.query(
      'CREATE INDEX vault_split_keys_shared_to ON vault_split_keys (shared_to) WHERE shared_to IS NOT NULL',
    );
    await runner.query('DROP INDEX vault_wallets_owner');
  }
}
