import { createCipheriv, randomBytes } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { COVERED_TABLES } from '../../src/covered-tables.js';
import { createSealer } from '../../src/crypto/sealing/create-sealer.js';
import { idOf, walletKey } from '../../src/crypto/sealing/data-key.js';
import type { DataKey, KeyRings } from '../../src/crypto/sealing/data-key.js';
import { envelopeHeader } from '../../src/crypto/sealing/envelope.js';
import { encodeRowPlace, encodeWalletPlace } from '../../src/crypto/sealing/sealed-place.js';
import type { SealedPlace } from '../../src/crypto/sealing/sealed-place.js';
import { deriveSealingKeys, sealingKeyIds } from '../../src/crypto/sealing/sealing-keys.js';
import { SecretBytes } from '../../src/crypto/secret-bytes.js';
import { readKeyRings } from '../../src/data-keys/open-key-rings.js';
import { placeOf, sealedColumns } from '../../src/data-keys/sealed-rows.js';
import type { SealedRow } from '../../src/data-keys/sealed-rows.js';
import { SEALED_COLUMNS } from '../../src/sealed-columns.js';
import { openCustody } from '../../src/start/open-custody.js';

/** SQL: what somebody does who wants all codes of rows to be made anew; and an earlier release has none of it either. */
export const REMOVE_CODES = `
  DELETE FROM data_key_wrappings WHERE data_key_id IN (SELECT id FROM data_keys WHERE domain = 'rows');
  DELETE FROM data_keys WHERE domain = 'rows';
  ${COVERED_TABLES.map(({ table }) => `UPDATE ${table} SET mac = NULL;`).join('')}`;

export function rootKeyOf(directory: string): SecretBytes {
  const hex = readFileSync(join(directory, 'sealing-key'), 'utf8').trim();
  return new SecretBytes(Uint8Array.from(Buffer.from(hex, 'hex')));
}

/**
 * Makes of a stopped service's database what the last release without data keys would have left: derived keys, envelopes of
 * format 1, and none of the tables that came later.
 */
export async function asEarlierRelease(directory: string): Promise<void> {
  const connection = new BetterSqlite3(join(directory, 'kms.sqlite'));
  try {
    const derived = deriveSealingKeys(rootKeyOf(directory));
    await sealAllAsBefore(connection, directory, (secret, domain, place) =>
      sealAsBefore(secret, derived[domain], place),
    );
    const remember = connection.prepare('INSERT INTO sealing_keys (domain, key_id) VALUES (?, ?)');
    for (const [domain, id] of Object.entries(sealingKeyIds(derived))) remember.run(domain, id);
    connection.exec(`DROP TABLE data_key_wrappings; DROP TABLE data_keys; DROP TABLE key_encryption_keys;
      DELETE FROM migrations WHERE name LIKE 'DataKeys%' OR name LIKE 'KeyWrappings%'`);
  } finally {
    connection.close();
  }
}

/** The same of the release that had data keys, and neither owner nor recipient in its seals: envelopes of format 2. */
export async function asWithoutOwners(directory: string): Promise<void> {
  const connection = new BetterSqlite3(join(directory, 'kms.sqlite'));
  try {
    await sealAllAsBefore(connection, directory, (secret, domain, place, rings) => {
      const { current } = rings[domain];
      const header = Buffer.from(envelopeHeader(current));
      header[0] = 2;
      return encrypted(walletKey(current, place.wallet), header, encodeWalletPlace(place), secret);
    });
  } finally {
    connection.close();
  }
}

type SealBefore = (
  secret: Uint8Array,
  domain: 'vault' | 'auth' | 'audit',
  place: SealedPlace,
  rings: KeyRings,
) => Buffer;

async function sealAllAsBefore(
  connection: BetterSqlite3.Database,
  directory: string,
  sealBefore: SealBefore,
): Promise<void> {
  const rings = await readKeyRings(connection, await openCustody(rootKeyOf(directory)));
  for (const sealed of SEALED_COLUMNS) {
    const { domain, table, column } = sealed;
    const sealer = createSealer(rings[domain]);
    const rows = connection
      .prepare<[], SealedRow>(`SELECT ${sealedColumns(sealed)} FROM ${table} WHERE length(${column}) > 0`)
      .all();
    const replace = connection.prepare(`UPDATE ${table} SET ${column} = ? WHERE id = ?`);
    for (const row of rows) {
      const place = placeOf(row, sealed);
      replace.run(sealBefore(sealer.open(row.sealed, place).expose(), domain, place, rings), row.id);
    }
  }
}

function sealAsBefore(secret: Uint8Array, key: DataKey, place: SealedPlace): Buffer {
  const header = Buffer.concat([Uint8Array.of(1), Buffer.from(idOf(key), 'hex')]);
  return encrypted(key.key, header, encodeRowPlace(place), secret);
}

function encrypted(key: KeyObject, header: Buffer, place: Uint8Array, secret: Uint8Array): Buffer {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(Buffer.concat([header, place]));
  const ciphertext = Buffer.concat([cipher.update(secret), cipher.final()]);
  return Buffer.concat([header, nonce, ciphertext, cipher.getAuthTag()]);
}

/** How many values are sealed in each format, and the epochs of the data keys that a database has, by their domains. */
export function sealingOf(directory: string): { formats: Record<string, number>; keys: string[] } {
  const connection = new BetterSqlite3(join(directory, 'kms.sqlite'), { readonly: true });
  const formats: Record<string, number> = {};
  for (const { table, column } of SEALED_COLUMNS) {
    const firsts = connection
      .prepare<[], string>(`SELECT hex(substr(${column}, 1, 1)) FROM ${table} WHERE length(${column}) > 0`)
      .pluck();
    for (const first of firsts.all()) formats[first] = (formats[first] ?? 0) + 1;
  }
  const keys = connection
    .prepare<[], string>("SELECT domain || ' ' || epoch FROM data_keys ORDER BY domain, epoch")
    .pluck()
    .all();
  connection.close();
  return { formats, keys };
}
