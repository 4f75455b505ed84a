import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The latest time that was believed, by which a clock that was set back is known; at first that of the latest entry. */
export class BelievedTime1764500000000 implements MigrationInterface {
  readonly name = 'BelievedTime1764500000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE believed_time (id INTEGER PRIMARY KEY NOT NULL, at_ms INTEGER NOT NULL)');
    await runner.query(
      'INSERT INTO believed_time (id, at_ms) SELECT 1, at_ms FROM audit_entries ORDER BY id DESC LIMIT 1',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE believed_time');
  }
}
