import type { MigrationInterface, QueryRunner } from 'typeorm';

const REFUSE = `BEGIN SELECT RAISE(ABORT, 'the id of a key is given once'); END`;

/** What a key is called stays: another value under a known id would open nothing. */
export const KEY_TRIGGERS = [
  `CREATE TRIGGER key_encryption_keys_are_not_renamed
    BEFORE UPDATE OF id, provider, fingerprint ON key_encryption_keys ${REFUSE}`,
  `CREATE TRIGGER data_keys_are_not_renamed BEFORE UPDATE OF id, domain, epoch ON data_keys ${REFUSE}`,
] as const;

const TABLES = [
  // What wraps data keys, by what it is known; the keys themselves are elsewhere.
  `CREATE TABLE key_encryption_keys (
    id TEXT PRIMARY KEY NOT NULL,
    provider TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    added_at_ms INTEGER NOT NULL,
    UNIQUE (provider, fingerprint)
  )`,
  // The keys that seal, wrapped. epoch 0: derived from the sealing key of an earlier release.
  `CREATE TABLE data_keys (
    id TEXT PRIMARY KEY NOT NULL,
    domain TEXT NOT NULL,
    epoch INTEGER NOT NULL,
    key_encryption_key_id TEXT NOT NULL,
    wrapped BLOB NOT NULL,
    made_at_ms INTEGER NOT NULL,
    UNIQUE (domain, epoch),
    CONSTRAINT "data_keys_wrapped_by" FOREIGN KEY ("key_encryption_key_id") REFERENCES "key_encryption_keys" ("id")
      ON DELETE NO ACTION ON UPDATE NO ACTION
  )`,
  ...KEY_TRIGGERS,
] as const;

/** Data keys, and what wraps them. The first start makes them, since they are made by what is no part of the database. */
export class DataKeys1764850000000 implements MigrationInterface {
  readonly name = 'DataKeys1764850000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of TABLES) await runner.query(statement);
  }

  /** Only before the first start: afterwards nothing that is sealed could be opened. */
  async down(runner: QueryRunner): Promise<void> {
    const [first]: unknown[] = (await runner.query('SELECT 1 FROM data_keys LIMIT 1')) as unknown[];
    if (first !== undefined)
      throw new Error('secrets are sealed under data keys, which an earlier release does not know');
    await runner.query('DROP TABLE data_keys');
    await runner.query('DROP TABLE key_encryption_keys');
  }
}
