import type { MigrationInterface, QueryRunner } from 'typeorm';

const REFUSE = `BEGIN SELECT RAISE(ABORT, 'what a witness has said stays'); END`;

/** What a witness said is neither taken back nor said in another way. */
export const COSIGNATURE_TRIGGERS = [
  `CREATE TRIGGER audit_cosignatures_are_not_changed BEFORE UPDATE ON audit_cosignatures ${REFUSE}`,
  `CREATE TRIGGER audit_cosignatures_are_not_deleted BEFORE DELETE ON audit_cosignatures ${REFUSE}`,
  // INSERT OR REPLACE deletes without asking the trigger above (sqlite.org/lang_conflict.html).
  `CREATE TRIGGER audit_cosignatures_are_not_replaced BEFORE INSERT ON audit_cosignatures
    WHEN EXISTS (SELECT 1 FROM audit_cosignatures
      WHERE origin = NEW.origin AND witness = NEW.witness AND size = NEW.size) ${REFUSE}`,
] as const;

const TABLES = [
  // Beside audit_checkpoints, whose notes stay as they were signed. line: as it stands below the note.
  `CREATE TABLE audit_cosignatures (
    origin TEXT NOT NULL,
    witness TEXT NOT NULL,
    size INTEGER NOT NULL,
    line TEXT NOT NULL,
    PRIMARY KEY (origin, witness, size)
  ) WITHOUT ROWID`,
  ...COSIGNATURE_TRIGGERS,
] as const;

/** What witnesses have signed of the log's checkpoints. */
export class Cosignatures1764795000000 implements MigrationInterface {
  readonly name = 'Cosignatures1764795000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of TABLES) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE audit_cosignatures');
  }
}
