import type { Custody } from '../../data-keys/open-key-rings.js';
import { readKeyRings } from '../../data-keys/open-key-rings.js';
import { countMigrations } from '../../database/known-migrations.js';
import { refuseOtherKeys } from '../../database/sealing-key-check.js';
import { withDatabaseOpen } from '../../database/start-checks.js';
import { damaged } from '../../database/structure-check.js';
import { StartError } from '../../errors/start-error.js';
import { configuredKeys } from '../../start/open-custody.js';
import { openEverything } from './open-everything.js';

/**
 * Checks a copy of the database in full: structure, migrations, keys, and that everything sealed opens. Takes its
 * write-ahead log into the file. Resolves with what was opened. Rejects with `StartError`.
 *
 * @param file the draft that is to become the database, which may be changed
 */
export function checkCopy(file: string, custody: Custody, say: (line: string) => void): Promise<readonly string[]> {
  return withDatabaseOpen(file, { readonly: false }, async (connection) => {
    connection.pragma('wal_checkpoint(TRUNCATE)');
    say('checking the copy');
    const first = connection.pragma('integrity_check(1)', { simple: true }) as string;
    if (first !== 'ok') throw damaged(file, first);
    if (countMigrations(connection, file) === 0)
      throw new StartError('the copy has no tables: it is no database of this service');
    refuseOtherKeys(connection, configuredKeys(custody));
    const rings = await readKeyRings(connection, custody);
    say('opening every sealed secret of the copy');
    return openEverything(connection, rings, say);
  });
}
