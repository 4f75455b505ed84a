import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * ZAuth knows to whom a split key is lent, as ZVault does: the one who may know its policy beside its owner. Found by the
 * names that both halves have of it, since a server share that was set up afresh has lost ZVault's id.
 */
export class LentServerShares1764740000000 implements MigrationInterface {
  readonly name = 'LentServerShares1764740000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE auth_server_shares ADD COLUMN lent_to TEXT');
    await runner.query(
      `UPDATE auth_server_shares SET lent_to = (
         SELECT vault.shared_to FROM vault_split_keys vault
          WHERE vault.owner_id = auth_server_shares.owner_id
            AND vault.user_public_key = auth_server_shares.user_public_key
            AND vault.client_id = auth_server_shares.client_id
            AND vault.declined_at = 0)`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE auth_server_shares DROP COLUMN lent_to');
  }
}
