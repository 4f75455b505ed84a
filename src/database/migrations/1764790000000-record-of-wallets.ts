import type { MigrationInterface, QueryRunner } from 'typeorm';

const INDEXES = {
  /** The entries of a wallet, for whoever reads them. Half of a client id is enough to find it by. */
  audit_entries_wallet: `audit_entries (substr(entry ->> '$.client_id', 1, 16))`,
  /** When a split key was lent to whom: few entries, behind which a borrower may read. */
  audit_entries_lent: `audit_entries (substr(entry ->> '$.public_key', 1, 16)) WHERE entry ->> '$.action' = 'share-key'`,
} as const;

/** Indexes of the record, for whoever reads what it says of a wallet. */
export class RecordOfWallets1764790000000 implements MigrationInterface {
  readonly name = 'RecordOfWallets1764790000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const [name, of] of Object.entries(INDEXES)) await runner.query(`CREATE INDEX ${name} ON ${of}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const name of Object.keys(INDEXES)) await runner.query(`DROP INDEX ${name}`);
  }
}
