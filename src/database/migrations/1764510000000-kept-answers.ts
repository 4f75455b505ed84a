import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS = [
  // What was answered to calls that came with an Idempotency-Key; sealed_answer NULL = erased.
  `CREATE TABLE vault_kept_answers (
    id TEXT PRIMARY KEY NOT NULL,
    owner_id TEXT NOT NULL,
    idempotency_key TEXT NOT NULL,
    request_hash BLOB NOT NULL,
    wallet_id TEXT NOT NULL,
    split_key_id TEXT,
    shared_to TEXT,
    sealed_answer BLOB,
    created_at_ms INTEGER NOT NULL,
    UNIQUE (owner_id, idempotency_key)
  )`,
  'CREATE INDEX vault_kept_answers_age ON vault_kept_answers (created_at_ms)',
  'CREATE INDEX vault_kept_answers_wallet ON vault_kept_answers (wallet_id)',
  `CREATE INDEX vault_kept_answers_split_key ON vault_kept_answers (split_key_id) WHERE split_key_id IS NOT NULL`,
] as const;

/** Repeated calls that make things get the first answer again. */
export class KeptAnswers1764510000000 implements MigrationInterface {
  readonly name = 'KeptAnswers1764510000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE vault_kept_answers');
  }
}
