import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Drops the record's index by wallet. Nothing reads the record through it, and with many wallets it was the dearest part
 * of a signature's transaction: every entry touched a page of its own. Whoever will read by wallet adds what that needs.
 */
export class DropAuditClientIndex1763910000000 implements MigrationInterface {
  readonly name = 'DropAuditClientIndex1763910000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX audit_entries_client');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE INDEX audit_entries_client ON audit_entries (client_id, id)');
  }
}
