import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Which wallets are frozen: one row for each owner and client id. Not a column of the split keys, since those that come
 * later are frozen too, and not of the wallets, of which ZAuth knows some that ZVault does not.
 */
export class Freezes1764800000000 implements MigrationInterface {
  readonly name = 'Freezes1764800000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE auth_freezes (
        owner_id TEXT NOT NULL,
        client_id TEXT NOT NULL,
        standing TEXT NOT NULL,
        since INTEGER NOT NULL,
        version INTEGER NOT NULL,
        PRIMARY KEY (owner_id, client_id)
      ) WITHOUT ROWID`,
    );
  }

  /** What was frozen signs again: an older release knows of no freeze. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE auth_freezes');
  }
}
