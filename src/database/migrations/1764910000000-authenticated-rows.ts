import type { MigrationInterface, QueryRunner } from 'typeorm';

/** `auth_freezes` has a version already. */
const WITH_NEW_VERSION = ['auth_server_shares', 'vault_split_keys', 'vault_wallets'] as const;

const TABLES = [...WITH_NEW_VERSION, 'auth_freezes'] as const;

/**
 * Room for what says that a row is as the service wrote it, and which version of it. The first start fills it in, since the
 * key is no part of the database; and makes the freezes that there must be from now on.
 */
export class AuthenticatedRows1764910000000 implements MigrationInterface {
  readonly name = 'AuthenticatedRows1764910000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const table of WITH_NEW_VERSION) {
      await runner.query(`ALTER TABLE ${table} ADD COLUMN version INTEGER NOT NULL DEFAULT 1`);
    }
    for (const table of TABLES) await runner.query(`ALTER TABLE ${table} ADD COLUMN mac BLOB`);
  }

  /** Only before the first start: no earlier release would keep the codes. */
  async down(runner: QueryRunner): Promise<void> {
    const [first] = (await runner.query(`SELECT 1 FROM data_keys WHERE domain = 'rows'`)) as unknown[];
    if (first !== undefined) throw new Error('rows are authenticated, which an earlier release would not go on with');
    for (const table of TABLES) await runner.query(`ALTER TABLE ${table} DROP COLUMN mac`);
    for (const table of WITH_NEW_VERSION) await runner.query(`ALTER TABLE ${table} DROP COLUMN version`);
  }
}
