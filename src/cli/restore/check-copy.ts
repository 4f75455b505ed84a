import type BetterSqlite3 from 'better-sqlite3';
import type { KeyRings } from '../../crypto/sealing/data-key.js';
import { closeCustody } from '../../data-keys/custody.js';
import type { Custody } from '../../data-keys/custody.js';
import { countAlteredRows } from '../../data-keys/altered-rows.js';
import { readKeyRings } from '../../data-keys/open-key-rings.js';
import { createProvenEngine } from '../../crypto/create-engine.js';
import { countMigrations } from '../../database/known-migrations.js';
import { migrations } from '../../database/migrations/all-migrations.js';
import { refuseOtherKeys } from '../../database/sealing-key-check.js';
import { withDatabaseOpen } from '../../database/start-checks.js';
import { damaged } from '../../database/structure-check.js';
import { StartError } from '../../errors/start-error.js';
import { configuredKeys } from '../../start/open-custody.js';
import { openEverything } from './open-everything.js';
import { ownLogOf } from './own-log.js';
import type { OwnLog } from './own-log.js';

/** What a copy was found to hold. */
export interface CheckedCopy {
  /** As `3 master keys`. */
  readonly opened: readonly string[];
  readonly log: OwnLog | undefined;
}

/**
 * Checks a copy of the database in full: structure, migrations, keys, that everything sealed opens, and that it has the
 * public keys that are said of it. Takes its write-ahead log into the file. Rejects with `StartError`.
 *
 * @param file the draft that is to become the database, which may be changed
 * @param open what opens a database of which this is known; closed here
 */
export function checkCopy(
  file: string,
  open: (connection: BetterSqlite3.Database) => Promise<Custody>,
  say: (line: string) => void,
): Promise<CheckedCopy> {
  return withDatabaseOpen(file, { readonly: false }, async (connection) => {
    connection.pragma('wal_checkpoint(TRUNCATE)');
    say('checking the copy');
    const first = connection.pragma('integrity_check(1)', { simple: true }) as string;
    if (first !== 'ok') throw damaged(file, first);
    const count = countMigrations(connection, file);
    if (count === 0) throw new StartError('the copy has no tables: it is no database of this service');
    const rings = await ringsOf(connection, await open(connection));
    say('opening every sealed secret of the copy');
    const opened = openEverything(connection, rings, await createProvenEngine('herumi'), say);
    // An earlier release's has no codes, or fewer; the first start makes them.
    if (count === migrations.length) sayAltered(connection, rings, say);
    return { opened, log: ownLogOf(connection, rings.audit) };
  });
}

/** No reason to refuse it: it may be the best that there is, and what was altered signs nothing. */
function sayAltered(connection: BetterSqlite3.Database, { rows }: KeyRings, say: (line: string) => void): void {
  if (rows === undefined) return;
  for (const [table, count] of countAlteredRows(connection, rows)) {
    say(`${count} rows of ${table} are not as the service wrote them: nothing will be signed or shown by them`);
  }
}

async function ringsOf(connection: BetterSqlite3.Database, custody: Custody): Promise<KeyRings> {
  try {
    refuseOtherKeys(connection, configuredKeys(custody));
    return await readKeyRings(connection, custody);
  } finally {
    await closeCustody(custody);
  }
}
