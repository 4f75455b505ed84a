import type BetterSqlite3 from 'better-sqlite3';
import { StartError } from '../errors/start-error.js';

/** The database's secrets are sealed with another key than the one that was configured. */
export class WrongSealingKeyError extends StartError {
  override readonly name = 'WrongSealingKeyError';

  constructor(which: string) {
    super(`the database was sealed with another sealing key (${which}): configure the key it was made with`);
  }
}

/** What is configured to open a database, by what it is known. */
export interface ConfiguredKeys {
  readonly kek: { readonly provider: string; readonly fingerprint: string };
  /** The fingerprint of the key of each half, as earlier releases derived them; absent without a sealing key. */
  readonly derived: Readonly<Record<string, string>> | undefined;
}

/**
 * Refuses, before anything is changed, a database that was sealed with another key: otherwise it would show as failing
 * signatures one by one. Throws `WrongSealingKeyError`, or `StartError` where only an earlier release's key would do.
 */
export function refuseOtherKeys(connection: BetterSqlite3.Database, { kek, derived }: ConfiguredKeys): void {
  const wrappers = hasTable(connection, 'data_keys') ? wrappersOf(connection) : [];
  for (const { provider, fingerprint } of wrappers) {
    if (provider === kek.provider && fingerprint === kek.fingerprint) continue;
    if (provider === null || fingerprint === null) {
      throw new StartError(
        'the database has lost what its data keys are wrapped by: restore a copy (npm run restore -- FILE)',
      );
    }
    throw new WrongSealingKeyError(`${provider} ${fingerprint}, not ${kek.provider} ${kek.fingerprint}`);
  }
  if (wrappers.length > 0 || !hasTable(connection, 'sealing_keys')) return;
  for (const { domain, keyId } of sealingKeysOf(connection)) {
    if (derived !== undefined && keyId !== (derived[domain] ?? keyId)) throw new WrongSealingKeyError(domain);
  }
}

/** Whether an earlier release has sealed with derived keys, and no data keys have been made since. */
export function hasBeenSealed(connection: BetterSqlite3.Database): boolean {
  return sealingKeysOf(connection).length > 0;
}

/** Whether anything was ever done with it: nothing is that the record does not tell of. */
export function isUsed(connection: BetterSqlite3.Database): boolean {
  return connection.prepare('SELECT 1 FROM audit_entries LIMIT 1').get() !== undefined;
}

interface Wrapper {
  readonly provider: string | null;
  readonly fingerprint: string | null;
}

function wrappersOf(connection: BetterSqlite3.Database): readonly Wrapper[] {
  return connection
    .prepare<[], Wrapper>(
      `SELECT DISTINCT kek.provider, kek.fingerprint
         FROM data_keys LEFT JOIN key_encryption_keys kek ON kek.id = data_keys.key_encryption_key_id`,
    )
    .all();
}

function sealingKeysOf(connection: BetterSqlite3.Database): readonly { domain: string; keyId: string }[] {
  return connection
    .prepare<[], { domain: string; keyId: string }>('SELECT domain, key_id AS keyId FROM sealing_keys ORDER BY domain')
    .all();
}

/** An earlier release's database has fewer tables. */
export function hasTable(connection: BetterSqlite3.Database, name: string): boolean {
  return connection.prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?").get(name) !== undefined;
}
