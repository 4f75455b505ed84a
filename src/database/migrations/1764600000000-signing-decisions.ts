import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What has been decided once stays known: otherwise it could be had without an entry of its own. */
export const DECISION_TRIGGERS = [
  `CREATE TRIGGER signing_decisions_are_not_changed BEFORE UPDATE ON signing_decisions
    BEGIN SELECT RAISE(ABORT, 'signing decisions are append-only'); END`,
  `CREATE TRIGGER signing_decisions_are_not_deleted BEFORE DELETE ON signing_decisions
    BEGIN SELECT RAISE(ABORT, 'signing decisions are append-only'); END`,
] as const;

const STATEMENTS = [
  // Of every decision on a signature that has an entry, the SHA-256 of what makes it the same as another.
  `CREATE TABLE signing_decisions (digest BLOB PRIMARY KEY NOT NULL) WITHOUT ROWID`,
  ...DECISION_TRIGGERS,
  // What was decided the same again and has no entry yet. code NULL = approved.
  `CREATE TABLE signing_repeats (
    digest BLOB PRIMARY KEY NOT NULL,
    "action" TEXT NOT NULL,
    outcome TEXT NOT NULL,
    code TEXT,
    client_id TEXT NOT NULL,
    public_key TEXT NOT NULL,
    signed_hash TEXT NOT NULL,
    times INTEGER NOT NULL,
    first_at_ms INTEGER NOT NULL,
    last_at_ms INTEGER NOT NULL
  )`,
  'CREATE INDEX signing_repeats_begun ON signing_repeats (first_at_ms)',
] as const;

/** A request to sign that is sent again is counted, and not recorded each time. */
export class SigningDecisions1764600000000 implements MigrationInterface {
  readonly name = 'SigningDecisions1764600000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE signing_repeats');
    await runner.query('DROP TABLE signing_decisions');
  }
}
