import type { MigrationInterface, QueryRunner } from 'typeorm';

/** For counting live split keys, and for finding one by the further name that `/setup` gave it, without a list. */
export class LiveKeys1764300000000 implements MigrationInterface {
  readonly name = 'LiveKeys1764300000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'CREATE INDEX vault_split_keys_live ON vault_split_keys (wallet_id, expires_at) WHERE is_revoked = 0',
    );
    await runner.query(
      'CREATE INDEX auth_server_shares_live ON auth_server_shares (owner_id, client_id, expires_at) ' +
        'WHERE is_revoked = 0',
    );
    await runner.query(
      'CREATE INDEX auth_server_shares_setup_key ON auth_server_shares (owner_id, setup_public_key) ' +
        'WHERE setup_public_key IS NOT NULL',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const index of ['auth_server_shares_setup_key', 'auth_server_shares_live', 'vault_split_keys_live']) {
      await runner.query(`DROP INDEX ${index}`);
    }
  }
}
