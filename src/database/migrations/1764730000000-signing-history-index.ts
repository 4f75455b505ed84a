import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * For reading what was decided on the signatures of one split key: a new limit counts what was signed before it, and a
 * policy can be tried on what was asked. The beginning of the key finds it, and is an eighth of it; the condition leaves
 * out what anybody with a token can have recorded under somebody else's key.
 */
export class SigningHistoryIndex1764730000000 implements MigrationInterface {
  readonly name = 'SigningHistoryIndex1764730000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE INDEX audit_entries_signing ON audit_entries (substr(public_key, 1, 16)) WHERE signed_hash IS NOT NULL`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX audit_entries_signing');
  }
}
