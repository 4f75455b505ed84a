import { createSecretKey, randomBytes } from 'node:crypto';
import type BetterSqlite3 from 'better-sqlite3';
import { DATA_KEY_BYTES, SEALING_DOMAINS, SECRET_DOMAINS, idOf, ofEachDomain } from '../crypto/sealing/data-key.js';
import type { DataKey, KeyRing, KeyRings, SealingDomain } from '../crypto/sealing/data-key.js';
import { KEY_ID_BYTES } from '../crypto/sealing/envelope.js';
import type { DerivedKeys } from '../crypto/sealing/sealing-keys.js';
import { SecretBytes } from '../crypto/secret-bytes.js';
import { hasBeenSealed, isUsed } from '../database/sealing-key-check.js';
import { StartError } from '../errors/start-error.js';
import { KeyEncryptionError } from '../key-encryption/key-encryption-error.js';
import type { KeyEncryptionKey } from '../key-encryption/key-encryption-key.js';
import { KeyTables } from './key-tables.js';
import type { WrappedDataKey } from './key-tables.js';

/** What opens a database. */
export interface Custody {
  readonly kek: KeyEncryptionKey;
  /** What earlier releases sealed with, where the sealing key is in our hands. */
  readonly derived: DerivedKeys | undefined;
}

/**
 * Unwraps all data keys of a database. One that has none is of an earlier release, and was sealed with derived keys.
 * Rejects with `StartError`: nothing opens it. Changes nothing; the key was compared by `refuseOtherKeys`.
 */
export async function readKeyRings(connection: BetterSqlite3.Database, { kek, derived }: Custody): Promise<KeyRings> {
  const wrapped = new KeyTables(connection).wrapped();
  if (wrapped.length > 0) return ringsOf(await Promise.all(wrapped.map((key) => unwrap(key, kek))));
  if (derived === undefined) throw new StartError(NO_DATA_KEYS);
  return ringsOf(SEALING_DOMAINS.map((domain) => ({ ...derived[domain], domain })));
}

const NO_DATA_KEYS = 'the database has no data keys: it is of an earlier release. Start it once with KEK_PROVIDER=file';

/**
 * The same, on the database that is to be served: the first data keys are made where there are none, and wrapped. What an
 * earlier release sealed with is kept among them, as epoch 0, until all has been sealed again.
 */
export async function openKeyRings(
  connection: BetterSqlite3.Database,
  custody: Custody,
  nowMilliseconds: number,
): Promise<KeyRings> {
  const tables = new KeyTables(connection);
  if (tables.wrapped().length === 0) {
    const isEarlier = hasBeenSealed(connection);
    if (!isEarlier && isUsed(connection)) {
      throw new StartError('the database has lost its data keys: restore a copy (npm run restore -- FILE)');
    }
    const first = await firstKeys(custody, isEarlier);
    tables.keepFirst(randomBytes(KEY_ID_BYTES).toString('hex'), custody.kek, first, nowMilliseconds);
  }
  return readKeyRings(connection, custody);
}

async function firstKeys({ kek, derived }: Custody, isEarlier: boolean): Promise<WrappedDataKey[]> {
  if (isEarlier && derived === undefined) throw new StartError(NO_DATA_KEYS);
  const keys: WrappedDataKey[] = [];
  for (const domain of SEALING_DOMAINS) {
    const earlier = isEarlier ? derived?.[domain] : undefined;
    if (earlier !== undefined) {
      const bytes = new SecretBytes(Uint8Array.from(earlier.key.export()));
      keys.push(await wrap({ id: idOf(earlier), domain, epoch: 0 }, bytes, kek));
    }
    if (earlier !== undefined && !(SECRET_DOMAINS as readonly SealingDomain[]).includes(domain)) continue;
    const bytes = new SecretBytes(new Uint8Array(DATA_KEY_BYTES));
    bytes.expose().set(randomBytes(DATA_KEY_BYTES));
    keys.push(await wrap({ id: randomBytes(KEY_ID_BYTES).toString('hex'), domain, epoch: 1 }, bytes, kek));
  }
  return keys;
}

/** Wipes the key. */
async function wrap(
  key: Omit<WrappedDataKey, 'wrapped'>,
  bytes: SecretBytes,
  kek: KeyEncryptionKey,
): Promise<WrappedDataKey> {
  try {
    return { ...key, wrapped: await kek.wrap(bytes, { domain: key.domain, dataKeyId: key.id }) };
  } catch (error) {
    throw notDone('no data key could be wrapped', error);
  } finally {
    bytes.wipe();
  }
}

type OpenedKey = DataKey & { readonly domain: SealingDomain };

async function unwrap({ id, domain, epoch, wrapped }: WrappedDataKey, kek: KeyEncryptionKey): Promise<OpenedKey> {
  let bytes: SecretBytes;
  try {
    bytes = await kek.unwrap(wrapped, { domain, dataKeyId: id });
  } catch (error) {
    throw notDone(`the data key ${id} (${domain}) could not be unwrapped`, error);
  }
  try {
    return { domain, epoch, id: Buffer.from(id, 'hex'), key: createSecretKey(bytes.expose()) };
  } finally {
    bytes.wipe();
  }
}

function notDone(what: string, error: unknown): unknown {
  return error instanceof KeyEncryptionError ? new StartError(`${what}: ${error.message}`, { cause: error }) : error;
}

/** @param keys the newest of each domain first */
function ringsOf(keys: readonly OpenedKey[]): KeyRings {
  const ringOf = (domain: SealingDomain): KeyRing => {
    const [current, ...earlier] = keys
      .filter((key) => key.domain === domain)
      .map(({ id, epoch, key }): DataKey => ({ id, epoch, key }));
    if (current === undefined)
      throw new StartError(`the database has lost its data keys (${domain}): restore a copy (npm run restore -- FILE)`);
    return { current, earlier };
  };
  return ofEachDomain(ringOf);
}
