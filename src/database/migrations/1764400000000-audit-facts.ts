import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What an entry says beside its subject, as JSON: who got what, and what it was before. Entries from before have none. */
export class AuditFacts1764400000000 implements MigrationInterface {
  readonly name = 'AuditFacts1764400000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE audit_entries ADD COLUMN facts TEXT');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE audit_entries DROP COLUMN facts');
  }
}
