import type { MigrationInterface, QueryRunner } from 'typeorm';

const REFUSE = `BEGIN SELECT RAISE(ABORT, 'what the log has said stays'); END`;

const kept = (table: string): readonly string[] => [
  `CREATE TRIGGER ${table}_are_not_changed BEFORE UPDATE ON ${table} ${REFUSE}`,
  `CREATE TRIGGER ${table}_are_not_deleted BEFORE DELETE ON ${table} ${REFUSE}`,
];

/** What was said once is neither taken back nor said in another way. */
export const LOG_TRIGGERS = [
  ...kept('audit_checkpoints'),
  // INSERT OR REPLACE deletes without asking the trigger above (sqlite.org/lang_conflict.html).
  `CREATE TRIGGER audit_checkpoints_are_not_replaced BEFORE INSERT ON audit_checkpoints
    WHEN EXISTS (SELECT 1 FROM audit_checkpoints WHERE origin = NEW.origin AND size >= NEW.size) ${REFUSE}`,
  ...kept('audit_epochs'),
  `CREATE TRIGGER audit_epochs_are_not_replaced BEFORE INSERT ON audit_epochs
    WHEN EXISTS (SELECT 1 FROM audit_epochs WHERE number >= NEW.number) ${REFUSE}`,
] as const;

const TABLES = [
  // The private keys that sign for the log, PKCS #8 in DER, by what they are for.
  `CREATE TABLE audit_log_keys (id TEXT PRIMARY KEY NOT NULL, sealed_key BLOB NOT NULL)`,
  // Under which names the log has gone: a rollback that was accepted begins another. size: entries that there were then.
  `CREATE TABLE audit_epochs (
    number INTEGER PRIMARY KEY NOT NULL,
    origin TEXT NOT NULL,
    size INTEGER NOT NULL,
    at_ms INTEGER NOT NULL,
    UNIQUE (origin)
  )`,
  `CREATE TABLE audit_checkpoints (
    origin TEXT NOT NULL,
    size INTEGER NOT NULL,
    at_ms INTEGER NOT NULL,
    note TEXT NOT NULL,
    PRIMARY KEY (origin, size)
  ) WITHOUT ROWID`,
  ...LOG_TRIGGERS,
] as const;

/** The keys of the log, its names, and what it has signed. */
export class LogCheckpoints1764770000000 implements MigrationInterface {
  readonly name = 'LogCheckpoints1764770000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of TABLES) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['audit_checkpoints', 'audit_epochs', 'audit_log_keys'])
      await runner.query(`DROP TABLE ${table}`);
  }
}
