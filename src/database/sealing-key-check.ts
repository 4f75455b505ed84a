import type BetterSqlite3 from 'better-sqlite3';
import { StartError } from '../errors/start-error.js';
import { isSameKey, shownKey } from './known-key.js';
import type { KnownKey } from './known-key.js';

/** The database's secrets are sealed with another key than the one that was configured. */
export class WrongSealingKeyError extends StartError {
  override readonly name = 'WrongSealingKeyError';

  constructor(which: string) {
    super(`the database was sealed with another sealing key (${which}): configure the key it was made with`);
  }
}

/** What is configured to open a database, by what it is known. */
export interface ConfiguredKeys {
  /** What is to unwrap the data keys of a domain. */
  readonly kekOf: (domain: string) => KnownKey;
  /** The fingerprint of the key of each half, as earlier releases derived them; absent without a sealing key. */
  readonly derived: Readonly<Record<string, string>> | undefined;
}

/**
 * Refuses, before anything is changed, a database that was sealed with another key: otherwise it would show as failing
 * signatures one by one. Throws `WrongSealingKeyError`, or `StartError` where only an earlier release's key would do.
 */
export function refuseOtherKeys(connection: BetterSqlite3.Database, { kekOf, derived }: ConfiguredKeys): void {
  const wrappers = hasTable(connection, 'data_keys') ? wrappersOf(connection) : [];
  for (const id of new Set(wrappers.map(({ dataKey }) => dataKey))) {
    const known = wrappers.filter(({ dataKey }) => dataKey === id).filter(isKnown);
    const [first] = known;
    if (first === undefined) {
      throw new StartError(
        `the database has lost what its data key ${id} is wrapped by: restore a copy (npm run restore -- FILE)`,
      );
    }
    const kek = kekOf(first.domain);
    if (known.some((one) => isSameKey(one, kek))) continue;
    const named = known.find(({ isCurrent }) => isCurrent === 1) ?? first;
    throw new WrongSealingKeyError(`${shownKey(named)}, not ${shownKey(kek)}`);
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
  readonly dataKey: string;
  readonly domain: string;
  readonly isCurrent: number;
  readonly provider: string | null;
  readonly fingerprint: string | null;
}

function isKnown(wrapper: Wrapper): wrapper is Wrapper & KnownKey {
  return wrapper.provider !== null && wrapper.fingerprint !== null;
}

/** An earlier release wraps each under one. */
function wrappersOf(connection: BetterSqlite3.Database): readonly Wrapper[] {
  const isMany = hasTable(connection, 'data_key_wrappings');
  const by = isMany ? 'one.key_encryption_key_id' : 'data_keys.key_encryption_key_id';
  const wrappings = isMany ? 'LEFT JOIN data_key_wrappings one ON one.data_key_id = data_keys.id' : '';
  return connection
    .prepare<[], Wrapper>(
      `SELECT data_keys.id AS dataKey, domain, ${by} IS data_keys.key_encryption_key_id AS isCurrent,
              kek.provider, kek.fingerprint
         FROM data_keys ${wrappings} LEFT JOIN key_encryption_keys kek ON kek.id = ${by}
        ORDER BY domain, epoch DESC`,
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
