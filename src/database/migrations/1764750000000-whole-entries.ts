import type { MigrationInterface, QueryRunner } from 'typeorm';
import { RECORD_TRIGGERS } from './1763900000000-initial-schema.js';

/** What an entry's text must say at least; of what is no JSON SQLite makes an error by itself. */
export const OUTCOME_CHECK = `coalesce(entry ->> '$.outcome', '') IN ('approved', 'denied', 'failed')`;

/** Texts that an entry may have beside `at_ms` and `facts`. */
const TEXTS = [
  'action',
  'actor_id',
  'client_id',
  'client_request_id',
  'code',
  'outcome',
  'public_key',
  'request_id',
  'signed_hash',
  'txn_verification',
] as const;

const textOf = (column: string): string =>
  `CASE WHEN "${column}" IS NULL THEN '' ELSE '"${column}":' || json_quote("${column}") || ',' END`;

/** The text that would be written today: members in the order of their names, as RFC 8785 has it. */
const ENTRY_OF_COLUMNS = `
  '{' || ${textOf('action')} || ${textOf('actor_id')} || '"at_ms":' || at_ms || ','
  || ${textOf('client_id')} || ${textOf('client_request_id')} || ${textOf('code')}
  || CASE WHEN facts IS NULL THEN '' WHEN json_valid(facts) THEN '"facts":' || facts || ','
          ELSE '"facts":' || json_quote(facts) || ',' END
  || ${textOf('outcome')} || ${textOf('public_key')} || ${textOf('request_id')}
  || '"salt":"' || lower(hex(randomblob(16))) || '",'
  || ${textOf('signed_hash')} || '"txn_verification":' || json_quote(txn_verification) || '}'`;

const member = (name: string): string => `CASE WHEN json_valid(entry) THEN entry ->> '$.${name}' END AS "${name}"`;

const RECORD = `
  CREATE VIEW audit_record AS SELECT id, ${['at_ms', ...TEXTS, 'facts'].map(member).join(', ')}, entry FROM audit_entries`;

const SIGNING_INDEX = `
  CREATE INDEX audit_entries_signing ON audit_entries (substr(entry ->> '$.public_key', 1, 16))
    WHERE entry ->> '$.signed_hash' IS NOT NULL`;

const COLUMNS = `
  CREATE TABLE audit_entries (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    at_ms INTEGER NOT NULL,
    request_id TEXT NOT NULL,
    action TEXT NOT NULL,
    outcome TEXT NOT NULL CONSTRAINT "audit_entries_outcome" CHECK (outcome IN ('approved', 'denied', 'failed')),
    code TEXT,
    actor_id TEXT,
    client_id TEXT,
    public_key TEXT,
    signed_hash TEXT,
    txn_verification TEXT NOT NULL,
    client_request_id TEXT,
    facts TEXT
  )`;

const COLUMN_NAMES = ['id', 'at_ms', ...TEXTS, 'facts'].map((name) => `"${name}"`).join(', ');

/**
 * An entry is one text, whose bytes are what a tree of hashes can be made over; the view `audit_record` shows its members
 * as columns. It has 16 random bytes (`salt`), so that nobody can guess it by its hash.
 */
export class WholeEntries1764750000000 implements MigrationInterface {
  readonly name = 'WholeEntries1764750000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX audit_entries_signing');
    await replaceTable(
      runner,
      // TypeORM recognises the check only where the table ends with it.
      `CREATE TABLE audit_entries ("id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, entry TEXT NOT NULL,
        CONSTRAINT "audit_entries_outcome" CHECK (${OUTCOME_CHECK}))`,
      `INSERT INTO audit_entries (id, entry) SELECT id, ${ENTRY_OF_COLUMNS} FROM audit_entries_before ORDER BY id`,
    );
    await runner.query(SIGNING_INDEX);
    await runner.query(RECORD);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP VIEW audit_record');
    await runner.query('DROP INDEX audit_entries_signing');
    const values = ['at_ms', ...TEXTS, 'facts'].map((name) => `entry ->> '$.${name}'`).join(', ');
    await replaceTable(
      runner,
      COLUMNS,
      `INSERT INTO audit_entries (${COLUMN_NAMES}) SELECT id, ${values} FROM audit_entries_before ORDER BY id`,
    );
    await runner.query(
      `CREATE INDEX audit_entries_signing ON audit_entries (substr(public_key, 1, 16)) WHERE signed_hash IS NOT NULL`,
    );
  }
}

/** @param fill copies the rows of `audit_entries_before` */
async function replaceTable(runner: QueryRunner, create: string, fill: string): Promise<void> {
  // The triggers go with the table that they are on.
  await runner.query('ALTER TABLE audit_entries RENAME TO audit_entries_before');
  await runner.query(create);
  await runner.query(fill);
  // No id is given again, even if the last entries were lost.
  await runner.query(
    `UPDATE sqlite_sequence SET seq = (SELECT seq FROM sqlite_sequence WHERE name = 'audit_entries_before')
      WHERE name = 'audit_entries'`,
  );
  await runner.query('DROP TABLE audit_entries_before');
  for (const trigger of RECORD_TRIGGERS) await runner.query(trigger);
}
