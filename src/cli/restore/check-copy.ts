import { sealingKeyIds } from '../../crypto/sealing/sealing-keys.js';
import type { SealingKeys } from '../../crypto/sealing/sealing-keys.js';
import { countMigrations } from '../../database/known-migrations.js';
import { refuseOtherSealingKeys } from '../../database/sealing-key-check.js';
import { withDatabase } from '../../database/start-checks.js';
import { damaged } from '../../database/structure-check.js';
import { StartError } from '../../errors/start-error.js';
import { openEverything } from './open-everything.js';

/**
 * Checks a copy of the database in full: structure, migrations, sealing key, and that everything sealed opens. Takes its
 * write-ahead log into the file. Returns what was opened. Throws `StartError`.
 *
 * @param file the draft that is to become the database, which may be changed
 */
export function checkCopy(file: string, sealingKeys: SealingKeys, say: (line: string) => void): readonly string[] {
  return withDatabase(file, { readonly: false }, (connection) => {
    connection.pragma('wal_checkpoint(TRUNCATE)');
    say('checking the copy');
    const first = connection.pragma('integrity_check(1)', { simple: true }) as string;
    if (first !== 'ok') throw damaged(file, first);
    if (countMigrations(connection, file) === 0)
      throw new StartError('the copy has no tables: it is no database of this service');
    refuseOtherSealingKeys(connection, sealingKeyIds(sealingKeys));
    say('opening every sealed secret of the copy');
    return openEverything(connection, sealingKeys, say);
  });
}
