import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = ['vault_split_keys', 'auth_server_shares'] as const;

/**
 * What the database reads of the terms, for its indexes and counts. Of a damaged text it makes a key that is not revoked
 * and has no end: the row must stay where it can be seen, revoked and deleted. Nothing is signed with it.
 */
export const TERMS_IN_COLUMNS = {
  is_revoked: `CASE WHEN json_valid(terms) THEN CAST(coalesce(terms ->> '$.revoked', 0) AS INTEGER) ELSE 0 END`,
  expires_at: `CASE WHEN json_valid(terms) THEN CAST(coalesce(terms ->> '$.policy.expires_at', 0) AS INTEGER) ELSE 0 END`,
} as const;

const INDEXES = {
  vault_split_keys_live: 'vault_split_keys (wallet_id, expires_at) WHERE is_revoked = 0',
  vault_split_keys_lent: 'vault_split_keys (owner_id, shared_to) WHERE shared_to IS NOT NULL AND is_revoked = 0',
  auth_server_shares_live: 'auth_server_shares (owner_id, client_id, expires_at) WHERE is_revoked = 0',
  auth_server_shares_expiring: `auth_server_shares (expires_at) WHERE expires_at > 0 AND sealed_server_share <> x''`,
} as const;

// A list that was damaged stays so: nothing of it must come to mean "no list".
const TERMS_OF_COLUMNS = `
  CASE WHEN restrictions IS NULL THEN '{"policy":{}}'
       WHEN json_valid(restrictions) THEN json_set('{"policy":{}}', '$.policy.operations', json(restrictions))
       ELSE json_set('{"policy":{}}', '$.policy.operations', restrictions) END`;

const COLUMNS_OF_TERMS = `
  CASE WHEN json_type(terms, '$.policy.operations') IS NULL THEN NULL
       ELSE coalesce(terms ->> '$.policy.operations', 'null') END`;

/** One text for policy, times and standing in either half, where there were three columns; and a policy's revisions. */
export class SplitKeyTerms1764720000000 implements MigrationInterface {
  readonly name = 'SplitKeyTerms1764720000000';

  async up(runner: QueryRunner): Promise<void> {
    await dropIndexes(runner);
    // TypeORM makes it by itself only where it is told of all entities.
    await runner.query(
      `CREATE TABLE IF NOT EXISTS typeorm_metadata (type varchar NOT NULL, database varchar, schema varchar, "table" varchar,
        name varchar, value text)`,
    );
    for (const table of TABLES) await toTerms(runner, table);
    await runner.query('ALTER TABLE auth_server_shares ADD COLUMN revision INTEGER NOT NULL DEFAULT 1');
    await makeIndexes(runner);
    await runner.query(
      `CREATE TABLE auth_policies (
        owner_id TEXT NOT NULL,
        client_id TEXT NOT NULL,
        user_public_key TEXT NOT NULL,
        revision INTEGER NOT NULL,
        at_ms INTEGER NOT NULL,
        by_user_id TEXT NOT NULL,
        note TEXT,
        policy TEXT NOT NULL,
        PRIMARY KEY (owner_id, client_id, user_public_key, revision)
      )`,
    );
    await runner.query(
      `INSERT INTO auth_policies
         SELECT owner_id, client_id, user_public_key, 1, created_at * 1000, owner_id, NULL, terms ->> '$.policy'
           FROM auth_server_shares`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropIndexes(runner);
    await runner.query('DROP TABLE auth_policies');
    await runner.query('ALTER TABLE auth_server_shares DROP COLUMN revision');
    for (const table of TABLES) await toColumns(runner, table);
    await runner.query(`DELETE FROM typeorm_metadata WHERE type = 'GENERATED_COLUMN'`);
    await makeIndexes(runner);
  }
}

async function toTerms(runner: QueryRunner, table: string): Promise<void> {
  await runner.query(`ALTER TABLE ${table} ADD COLUMN terms TEXT NOT NULL DEFAULT ''`);
  await runner.query(`UPDATE ${table} SET terms = ${TERMS_OF_COLUMNS}`);
  await runner.query(
    `UPDATE ${table} SET terms = json_set(terms, '$.policy.expires_at', expires_at) WHERE expires_at <> 0`,
  );
  await runner.query(`UPDATE ${table} SET terms = json_set(terms, '$.revoked', json('true')) WHERE is_revoked <> 0`);
  for (const column of ['restrictions', 'is_revoked', 'expires_at']) {
    await runner.query(`ALTER TABLE ${table} DROP COLUMN ${column}`);
  }
  for (const [column, expression] of Object.entries(TERMS_IN_COLUMNS)) {
    await runner.query(`ALTER TABLE ${table} ADD COLUMN ${column} INTEGER NOT NULL AS (${expression}) VIRTUAL`);
    // TypeORM compares generated columns with this.
    await runner.query(
      `INSERT INTO typeorm_metadata (type, "table", name, value) VALUES ('GENERATED_COLUMN', ?, ?, ?)`,
      [table, column, expression],
    );
  }
}

/** A policy that says more than a list cannot be kept so: only its operations are, and its end. */
async function toColumns(runner: QueryRunner, table: string): Promise<void> {
  for (const column of Object.keys(TERMS_IN_COLUMNS)) await runner.query(`ALTER TABLE ${table} DROP COLUMN ${column}`);
  await runner.query(`ALTER TABLE ${table} ADD COLUMN restrictions TEXT`);
  for (const column of Object.keys(TERMS_IN_COLUMNS)) {
    await runner.query(`ALTER TABLE ${table} ADD COLUMN ${column} INTEGER NOT NULL DEFAULT 0`);
  }
  await runner.query(
    `UPDATE ${table} SET restrictions = ${COLUMNS_OF_TERMS}, is_revoked = ${TERMS_IN_COLUMNS.is_revoked},
       expires_at = ${TERMS_IN_COLUMNS.expires_at}`,
  );
  await runner.query(`ALTER TABLE ${table} DROP COLUMN terms`);
}

async function dropIndexes(runner: QueryRunner): Promise<void> {
  for (const index of Object.keys(INDEXES)) await runner.query(`DROP INDEX ${index}`);
}

async function makeIndexes(runner: QueryRunner): Promise<void> {
  for (const [name, of] of Object.entries(INDEXES)) await runner.query(`CREATE INDEX ${name} ON ${of}`);
}
