import type BetterSqlite3 from 'better-sqlite3';
import type { DataSource } from 'typeorm';
import { StartError } from '../errors/start-error.js';
import { SealingKeyRow } from './sealing-key.entity.js';

/** The database's secrets are sealed with another key than the one that was configured. */
export class WrongSealingKeyError extends StartError {
  override readonly name = 'WrongSealingKeyError';

  constructor(domain: string) {
    super(`the database was sealed with another sealing key (${domain}): configure the key it was made with`);
  }
}

/** The fingerprint of each half's sealing key. */
export type SealingKeyIds = Readonly<Record<string, string>>;

/**
 * Refuses, before anything is changed, a database that was sealed with another key: otherwise it would show as failing
 * signatures one by one. Throws `WrongSealingKeyError`. The table must exist.
 */
export function refuseOtherSealingKeys(connection: BetterSqlite3.Database, keyIds: SealingKeyIds): void {
  compare(
    connection.prepare<[], SealingKeyRow>('SELECT domain, key_id AS keyId FROM sealing_keys ORDER BY domain').all(),
    keyIds,
  );
}

/**
 * Remembers, on the first start, which key each half seals with. Rejects with `WrongSealingKeyError` as above, and with
 * `StartError` when a database that has been used does not know it any more.
 */
export async function checkSealingKeys(dataSource: DataSource, keyIds: SealingKeyIds): Promise<void> {
  const known = await dataSource.manager.find(SealingKeyRow);
  compare(known, keyIds);
  const missing = Object.entries(keyIds).filter(([domain]) => !known.some((row) => row.domain === domain));
  if (missing.length === 0) return;
  if (known.length > 0 || (await hasBeenUsed(dataSource))) {
    throw new StartError(
      'the database has lost the fingerprint of its sealing key: restore a copy (npm run restore -- FILE)',
    );
  }
  // One statement, so that no power cut leaves half of it.
  await dataSource.manager.insert(
    SealingKeyRow,
    missing.map(([domain, keyId]) => ({ domain, keyId })),
  );
}

/** Nothing is done that the record does not tell of. */
async function hasBeenUsed(dataSource: DataSource): Promise<boolean> {
  const rows: unknown = await dataSource.query('SELECT 1 FROM audit_entries LIMIT 1');
  return Array.isArray(rows) && rows.length > 0;
}

function compare(known: readonly SealingKeyRow[], keyIds: SealingKeyIds): void {
  for (const { domain, keyId } of known) {
    if (keyId !== (keyIds[domain] ?? keyId)) throw new WrongSealingKeyError(domain);
  }
}
