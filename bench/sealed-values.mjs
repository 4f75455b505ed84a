// What a service of so many wallets has sealed: a database in which everything opens.
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { createSealer } from '#built/crypto/sealing/create-sealer.js';
import { SecretBytes } from '#built/crypto/secret-bytes.js';
import { opens, placeOf, replaceSealed, sealedRows } from '#built/data-keys/sealed-rows.js';
import { SqliteDriver } from '#built/database/sqlite-driver.js';
import { SEALED_COLUMNS } from '#built/sealed-columns.js';
import { keyRingsIn } from './key-rings.mjs';
import { ENVELOPE_BYTES } from './wallets.mjs';

/**
 * Seals a random secret of the same length in the place of each value that does not open, as the service would. Says how
 * many values there are then. No server may have the database open.
 *
 * @param {string} directory
 */
export async function sealEverythingIn(directory) {
  const rings = await keyRingsIn(directory);
  const database = new SqliteDriver(join(directory, 'kms.sqlite'));
  let values = 0;
  try {
    database.pragma('synchronous = OFF');
    database.transaction(() => {
      for (const column of SEALED_COLUMNS) {
        const sealer = createSealer(rings[column.domain]);
        const [find, replace] = [sealedRows(column, ALL), replaceSealed(column)].map((sql) => database.prepare(sql));
        for (const row of /** @type {SealedRow[]} */ (find.all(0))) {
          values += 1;
          if (opens(row, column, sealer)) continue;
          const secret = new SecretBytes(Uint8Array.from(randomBytes(row.sealed.length - ENVELOPE_BYTES)));
          replace.run(sealer.seal(secret, placeOf(row, column)), row.id, row.sealed);
        }
      }
    })();
    database.pragma('wal_checkpoint(TRUNCATE)');
  } finally {
    database.close();
  }
  return values;
}

/** @typedef {import('#built/data-keys/sealed-rows.js').SealedRow} SealedRow */

/** More than a bench makes. */
const ALL = 10_000_000;
