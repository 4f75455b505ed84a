import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SecretBytes } from '#built/crypto/secret-bytes.js';
import { authenticateRows } from '#built/data-keys/authenticate-rows.js';
import { readKeyRings } from '#built/data-keys/open-key-rings.js';
import { SqliteDriver } from '#built/database/sqlite-driver.js';
import { openCustody } from '#built/start/open-custody.js';

/**
 * The key rings of a data directory in which a server has been. An older build's, from before there were data keys, has
 * those that it derived, under which nothing can be sealed for it.
 *
 * @param {string} directory
 */
export async function keyRingsIn(directory) {
  const sealingKey = Buffer.from(readFileSync(join(directory, 'sealing-key'), 'utf8').trim(), 'hex');
  const database = new SqliteDriver(join(directory, 'kms.sqlite'), { readonly: true });
  try {
    return await readKeyRings(database, await openCustody(new SecretBytes(Uint8Array.from(sealingKey))));
  } finally {
    database.close();
  }
}

/**
 * Has the service take the rows that a bench has written for its own. No server may have the database open. Databases of
 * older builds need none of it.
 *
 * @param {string} directory
 */
export async function authenticateRowsIn(directory) {
  const { rows } = await keyRingsIn(directory);
  if (rows === undefined) return;
  const database = new SqliteDriver(join(directory, 'kms.sqlite'));
  try {
    database.transaction(() => authenticateRows(database, rows))();
  } finally {
    database.close();
  }
}
