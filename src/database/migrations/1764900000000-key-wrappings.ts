import type { MigrationInterface, QueryRunner } from 'typeorm';

const refuse = (why: string): string => `BEGIN SELECT RAISE(ABORT, '${why}'); END`;

/** A wrapping is made and deleted, and nothing else; from other salt another key would follow. */
export const WRAPPING_TRIGGERS = [
  `CREATE TRIGGER data_key_wrappings_are_not_changed
    BEFORE UPDATE ON data_key_wrappings ${refuse('a wrapping is not changed')}`,
  `CREATE TRIGGER passphrase_parameters_are_not_changed
    BEFORE UPDATE OF passphrase_salt, passphrase_cost ON key_encryption_keys
    ${refuse('a passphrase has its salt for good')}`,
] as const;

const UP = [
  // Of a passphrase alone: how the key is made from it (scrypt).
  'ALTER TABLE key_encryption_keys ADD COLUMN passphrase_salt BLOB',
  'ALTER TABLE key_encryption_keys ADD COLUMN passphrase_cost INTEGER',
  // When every sealed value was opened with this one alone, since the last change of keys.
  'ALTER TABLE key_encryption_keys ADD COLUMN verified_at_ms INTEGER',
  'ALTER TABLE key_encryption_keys ADD COLUMN retired_at_ms INTEGER',
  // While one key follows another, a data key is wrapped under both; data_keys says which is current.
  `CREATE TABLE data_key_wrappings (
    data_key_id TEXT NOT NULL,
    key_encryption_key_id TEXT NOT NULL,
    wrapped BLOB NOT NULL,
    PRIMARY KEY (data_key_id, key_encryption_key_id),
    CONSTRAINT "data_key_wrappings_of" FOREIGN KEY ("data_key_id") REFERENCES "data_keys" ("id")
      ON DELETE NO ACTION ON UPDATE NO ACTION,
    CONSTRAINT "data_key_wrappings_by" FOREIGN KEY ("key_encryption_key_id") REFERENCES "key_encryption_keys" ("id")
      ON DELETE NO ACTION ON UPDATE NO ACTION
  )`,
  `INSERT INTO data_key_wrappings (data_key_id, key_encryption_key_id, wrapped)
    SELECT id, key_encryption_key_id, wrapped FROM data_keys`,
  'ALTER TABLE data_keys DROP COLUMN wrapped',
  ...WRAPPING_TRIGGERS,
] as const;

const DOWN = [
  ...WRAPPING_TRIGGERS.map((sql) => sql.replace(/^CREATE TRIGGER (\w+)[^]*$/, 'DROP TRIGGER $1')),
  'DROP TABLE data_key_wrappings',
  "ALTER TABLE data_keys ADD COLUMN wrapped BLOB NOT NULL DEFAULT x''",
  ...['passphrase_salt', 'passphrase_cost', 'verified_at_ms', 'retired_at_ms'].map(
    (column) => `ALTER TABLE key_encryption_keys DROP COLUMN ${column}`,
  ),
] as const;

/** Data keys can be wrapped under two keys at once, and keys be known by what a passphrase needs. */
export class KeyWrappings1764900000000 implements MigrationInterface {
  readonly name = 'KeyWrappings1764900000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  /** Only before the first start, as that which made the data keys. */
  async down(runner: QueryRunner): Promise<void> {
    const [first]: unknown[] = (await runner.query('SELECT 1 FROM data_keys LIMIT 1')) as unknown[];
    if (first !== undefined)
      throw new Error('data keys are wrapped in a table of their own, which an earlier release does not know');
    for (const statement of DOWN) await runner.query(statement);
  }
}
