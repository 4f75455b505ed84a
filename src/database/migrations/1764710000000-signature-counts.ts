import type { MigrationInterface, QueryRunner } from 'typeorm';

const REFUSE = `BEGIN SELECT RAISE(ABORT, 'what limits have counted is append-only'); END`;

/** Totals and times only grow, a row after the other, and go only when the split key is gone. */
export const COUNT_TRIGGERS = [
  `CREATE TRIGGER auth_counts_only_grow BEFORE INSERT ON auth_counts
    WHEN EXISTS (
      SELECT 1 FROM (
        SELECT at_ms, total_count, total_value FROM auth_counts
         WHERE counter = NEW.counter ORDER BY at_ms DESC, total_count DESC LIMIT 1
      ) WHERE at_ms > NEW.at_ms OR total_count <> NEW.total_count - 1 OR total_value > NEW.total_value
    ) ${REFUSE}`,
  `CREATE TRIGGER auth_counts_are_not_changed BEFORE UPDATE ON auth_counts ${REFUSE}`,
  `CREATE TRIGGER auth_counts_are_not_deleted BEFORE DELETE ON auth_counts
    WHEN EXISTS (SELECT 1 FROM auth_counters WHERE id = OLD.counter AND share_id IS NOT NULL) ${REFUSE}`,
] as const;

const STATEMENTS = [
  // What is counted of a split key by one scope. share_id NULL = of none any more: its counts are to be deleted.
  // is_counting 1 = each signature is counted; 0 = what was signed before is being counted, as far as seen_entry.
  `CREATE TABLE auth_counters (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    share_id TEXT,
    scope TEXT NOT NULL,
    is_counting INTEGER NOT NULL DEFAULT 0,
    seen_entry INTEGER NOT NULL DEFAULT 0,
    CONSTRAINT "auth_counters_share" FOREIGN KEY ("share_id") REFERENCES "auth_server_shares" ("id") ON DELETE SET NULL,
    UNIQUE (share_id, scope)
  )`,
  // A row for each signature that a counter counted, with the totals up to it. total_value is an unsigned number of 16
  // bytes, the highest first; entry is the record's. By time first: a window's edge is one look, and needs no second index.
  `CREATE TABLE auth_counts (
    counter INTEGER NOT NULL,
    at_ms INTEGER NOT NULL,
    total_count INTEGER NOT NULL,
    total_value BLOB NOT NULL CONSTRAINT "auth_counts_total_value" CHECK (length(total_value) = 16),
    entry INTEGER NOT NULL,
    PRIMARY KEY (counter, at_ms, total_count),
    CONSTRAINT "auth_counts_counter" FOREIGN KEY ("counter") REFERENCES "auth_counters" ("id")
  ) WITHOUT ROWID`,
  ...COUNT_TRIGGERS,
] as const;

/** Running totals of what split keys have signed, for the limits of their policies. */
export class SignatureCounts1764710000000 implements MigrationInterface {
  readonly name = 'SignatureCounts1764710000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE auth_counts');
    await runner.query('DROP TABLE auth_counters');
  }
}
