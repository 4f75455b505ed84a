import type BetterSqlite3 from 'better-sqlite3';
import { SEALING_DOMAINS, SECRET_DOMAINS, idOf, ofEachDomain } from '../crypto/sealing/data-key.js';
import type { DataKey, KeyDomain, KeyRing, KeyRings, SealingDomain } from '../crypto/sealing/data-key.js';
import { SecretBytes, unmovedCopy } from '../crypto/secret-bytes.js';
import { isSameKey } from '../database/known-key.js';
import { hasBeenSealed, isUsed } from '../database/sealing-key-check.js';
import { StartError } from '../errors/start-error.js';
import { authenticateRows, refuseLostRowsKey } from './authenticate-rows.js';
import { kekFor } from './custody.js';
import type { Custody } from './custody.js';
import { KeyTables } from './key-tables.js';
import type { KeptWrapping, WrappedDataKey } from './key-tables.js';
import { lostDataKeys } from './lost-data-keys.js';
import { makeDataKey, unwrap, wrap } from './wrapping.js';
import type { OpenedKey } from './wrapping.js';

/**
 * Unwraps all data keys of a database. One that has none is of an earlier release, and was sealed with derived keys.
 * Rejects with `StartError`: nothing opens it. Changes nothing; the key was compared by `refuseOtherKeys`.
 */
export async function readKeyRings(connection: BetterSqlite3.Database, custody: Custody): Promise<KeyRings> {
  const wrappings = new KeyTables(connection).wrappings();
  const { derived } = custody;
  if (wrappings.length > 0) return ringsUnder(wrappings, custody);
  if (derived === undefined) throw new StartError(NO_DATA_KEYS);
  return ringsOf(SEALING_DOMAINS.map((domain) => ({ ...derived[domain], domain })));
}

/** The rings of what is wrapped under the keys that there are, and nothing else. Rejects with `StartError`. */
export async function ringsUnder(wrappings: readonly KeptWrapping[], custody: Custody): Promise<KeyRings> {
  const ours = wrappings.filter((one) => isSameKey(one, kekFor(custody, one.domain)));
  return ringsOf(await Promise.all(ours.map((one) => unwrap(one, kekFor(custody, one.domain)))));
}

const NO_DATA_KEYS = 'the database has no data keys: it is of an earlier release. Start it once with KEK_PROVIDER=file';

/**
 * The same, on the database that is to be served: the first data keys are made where there are none, and wrapped. What an
 * earlier release sealed with is kept among them, as epoch 0, until all has been sealed again. With the key of rows, which
 * earlier releases did not have, all rows that decide get their codes: in one transaction, and never again.
 */
export async function openKeyRings(
  connection: BetterSqlite3.Database,
  custody: Custody,
  nowMilliseconds: number,
): Promise<KeyRings> {
  const tables = new KeyTables(connection);
  const kept = tables.wrappings();
  const first: WrappedDataKey[] = [];
  if (kept.length === 0) {
    const isEarlier = hasBeenSealed(connection);
    if (!isEarlier && isUsed(connection)) {
      throw new StartError('the database has lost its data keys: restore a copy (npm run restore -- FILE)');
    }
    first.push(...(await firstKeys(custody, isEarlier)));
  } else if (kept.some(({ domain }) => domain === 'rows')) return readKeyRings(connection, custody);
  else refuseLostRowsKey(connection);
  const rows = await makeDataKey('rows', 1, kekFor(custody, 'rows'));
  const ring = { current: await unwrap(rows, kekFor(custody, 'rows')), earlier: [] };
  tables.keep(
    [...first, rows],
    (domain) => kekFor(custody, domain),
    nowMilliseconds,
    () => {
      authenticateRows(connection, ring);
    },
  );
  return readKeyRings(connection, custody);
}

async function firstKeys(custody: Custody, isEarlier: boolean): Promise<WrappedDataKey[]> {
  const { derived } = custody;
  if (isEarlier && derived === undefined) throw new StartError(NO_DATA_KEYS);
  const keys: WrappedDataKey[] = [];
  for (const domain of SEALING_DOMAINS) {
    const kek = kekFor(custody, domain);
    const earlier = isEarlier ? derived?.[domain] : undefined;
    if (earlier !== undefined) {
      const bytes = new SecretBytes(unmovedCopy(earlier.key.export()));
      keys.push(await wrap({ id: idOf(earlier), domain, epoch: 0 }, bytes, kek));
    }
    if (earlier !== undefined && !(SECRET_DOMAINS as readonly SealingDomain[]).includes(domain)) continue;
    keys.push(await makeDataKey(domain, 1, kek));
  }
  return keys;
}

/** @param keys the newest of each domain first */
function ringsOf(keys: readonly OpenedKey[]): KeyRings {
  const foundRing = (domain: KeyDomain): KeyRing | undefined => {
    const [current, ...earlier] = keys
      .filter((key) => key.domain === domain)
      .map(({ id, epoch, key }): DataKey => ({ id, epoch, key }));
    return current === undefined ? undefined : { current, earlier };
  };
  const ringOf = (domain: SealingDomain): KeyRing => {
    const ring = foundRing(domain);
    if (ring === undefined) throw lostDataKeys(domain);
    return ring;
  };
  return { ...ofEachDomain(ringOf), rows: foundRing('rows') };
}
