import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the client calls the request, beside our own id. Entries from before have none. */
export class AuditClientRequestId1764070000000 implements MigrationInterface {
  readonly name = 'AuditClientRequestId1764070000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE audit_entries ADD COLUMN client_request_id TEXT');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE audit_entries DROP COLUMN client_request_id');
  }
}
