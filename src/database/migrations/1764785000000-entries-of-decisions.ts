import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Which entry tells of a decision on a signature: whoever asks again is given evidence of that one. Of what was decided
 * before, it is not known.
 */
export class EntriesOfDecisions1764785000000 implements MigrationInterface {
  readonly name = 'EntriesOfDecisions1764785000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE signing_decisions ADD COLUMN entry_id INTEGER');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE signing_decisions DROP COLUMN entry_id');
  }
}
