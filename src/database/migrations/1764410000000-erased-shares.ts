import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Shares are overwritten when nobody can use them any more: those of split keys that are revoked already now, those of
 * expired ones when a sweep comes to them, by this index.
 */
export class ErasedShares1764410000000 implements MigrationInterface {
  readonly name = 'ErasedShares1764410000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`UPDATE vault_split_keys SET sealed_user_share = x'' WHERE is_revoked <> 0`);
    await runner.query(`UPDATE auth_server_shares SET sealed_server_share = x'' WHERE is_revoked <> 0`);
    await runner.query(
      'CREATE INDEX auth_server_shares_expiring ON auth_server_shares (expires_at) ' +
        `WHERE expires_at > 0 AND sealed_server_share <> x''`,
    );
  }

  /** What was overwritten stays so. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX auth_server_shares_expiring');
  }
}
