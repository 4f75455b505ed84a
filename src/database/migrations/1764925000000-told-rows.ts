import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which entries tell of rows that decide: few, beside those of signatures. Every start reads them. */
export class ToldRows1764925000000 implements MigrationInterface {
  readonly name = 'ToldRows1764925000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE INDEX audit_entries_rows ON audit_entries (id) WHERE entry ->> '$.rows' IS NOT NULL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX audit_entries_rows');
  }
}
