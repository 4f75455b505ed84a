import type { MigrationInterface, QueryRunner } from 'typeorm';

const COUNTS_REFUSE = `BEGIN SELECT RAISE(ABORT, 'what limits have counted is append-only'); END`;
const DECISIONS_REFUSE = `BEGIN SELECT RAISE(ABORT, 'signing decisions are append-only'); END`;

/** All but the code, which the first start writes. */
export const UNCHANGED_TRIGGERS = [
  `CREATE TRIGGER auth_counts_are_not_changed
    BEFORE UPDATE OF counter, at_ms, total_count, total_value, entry ON auth_counts ${COUNTS_REFUSE}`,
  `CREATE TRIGGER signing_decisions_are_not_changed
    BEFORE UPDATE OF digest, entry_id ON signing_decisions ${DECISIONS_REFUSE}`,
] as const;

const FORMER_TRIGGERS = [
  `CREATE TRIGGER auth_counts_are_not_changed BEFORE UPDATE ON auth_counts ${COUNTS_REFUSE}`,
  `CREATE TRIGGER signing_decisions_are_not_changed BEFORE UPDATE ON signing_decisions ${DECISIONS_REFUSE}`,
] as const;

const DROP_TRIGGERS = [
  'DROP TRIGGER auth_counts_are_not_changed',
  'DROP TRIGGER signing_decisions_are_not_changed',
] as const;

const TABLES = ['auth_counters', 'auth_counts', 'signing_decisions'] as const;

/**
 * Room for codes of what limits have counted and of what was decided, and for which count of a counter is the newest, so
 * that one that is removed is missed. The first start fills the codes in, with those of the rows before it.
 */
export class AuthenticatedCounts1764920000000 implements MigrationInterface {
  readonly name = 'AuthenticatedCounts1764920000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await runner.query(`ALTER TABLE ${table} ADD COLUMN mac BLOB`);
    await runner.query('ALTER TABLE auth_counters ADD COLUMN version INTEGER NOT NULL DEFAULT 1');
    await runner.query('ALTER TABLE auth_counters ADD COLUMN newest_count INTEGER NOT NULL DEFAULT 0');
    // Both parts of the order only grow.
    await runner.query(`UPDATE auth_counters SET newest_count = coalesce((
      SELECT total_count FROM auth_counts WHERE counter = auth_counters.id ORDER BY at_ms DESC, total_count DESC LIMIT 1), 0)`);
    for (const statement of [...DROP_TRIGGERS, ...UNCHANGED_TRIGGERS]) await runner.query(statement);
  }

  /** Only before the first start: no earlier release would keep the codes. */
  async down(runner: QueryRunner): Promise<void> {
    const [first] = (await runner.query(`SELECT 1 FROM data_keys WHERE domain = 'rows'`)) as unknown[];
    if (first !== undefined) throw new Error('rows are authenticated, which an earlier release would not go on with');
    for (const statement of [...DROP_TRIGGERS, ...FORMER_TRIGGERS]) await runner.query(statement);
    for (const table of TABLES) await runner.query(`ALTER TABLE ${table} DROP COLUMN mac`);
    await runner.query('ALTER TABLE auth_counters DROP COLUMN newest_count');
    await runner.query('ALTER TABLE auth_counters DROP COLUMN version');
  }
}
