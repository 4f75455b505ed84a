import { setImmediate } from 'node:timers/promises';
import type BetterSqlite3 from 'better-sqlite3';
import { createSealer } from '../crypto/sealing/create-sealer.js';
import { SECRET_DOMAINS, idOf } from '../crypto/sealing/data-key.js';
import type { KeyRing, KeyRings } from '../crypto/sealing/data-key.js';
import { envelopeHeader } from '../crypto/sealing/envelope.js';
import type { SealedColumn } from '../sealed-columns.js';
import { KeyTables } from './key-tables.js';
import { replaceSealed, rowsUnderAnother, sealAgain } from './sealed-rows.js';
import type { SealedRow } from './sealed-rows.js';

/** Values that are sealed again in one transaction: some ten milliseconds. */
const BATCH = 500;

/** What came of sealing again. */
export interface Resealed {
  readonly values: number;
  /** That could not be opened, and stay as they are. */
  readonly damaged: number;
}

/**
 * Seals again, under the current data key of its domain and in the current format, what is not, batch by batch: what a
 * killed process has not done the next start does, since each envelope names both. Then forgets the earlier keys, unless
 * something is left that could not be opened: damaged values stay as they are, and so does the key that they name.
 *
 * For the start, before anybody else writes. Rejects with what SQLite says.
 */
export async function resealAll(
  connection: BetterSqlite3.Database,
  rings: KeyRings,
  columns: readonly SealedColumn[],
  say: (line: string) => void,
): Promise<Resealed> {
  let [values, damaged] = [0, 0];
  for (const domain of SECRET_DOMAINS) {
    const ring = rings[domain];
    let left = 0;
    for (const column of columns.filter((one) => one.domain === domain)) {
      const done = await resealColumn(connection, ring, column, say);
      values += done.values;
      left += done.damaged;
    }
    damaged += left;
    if (left === 0) for (const key of ring.earlier) new KeyTables(connection).forget(idOf(key));
  }
  return { values, damaged };
}

async function resealColumn(
  connection: BetterSqlite3.Database,
  ring: KeyRing,
  column: SealedColumn,
  say: (line: string) => void,
): Promise<Resealed> {
  const sealer = createSealer(ring);
  const header = envelopeHeader(ring.current);
  const find = connection.prepare<[string, Uint8Array], SealedRow>(rowsUnderAnother(column, header.length, BATCH));
  const replace = connection.prepare(replaceSealed(column));
  let [values, damaged, last] = [0, 0, ''];
  for (;;) {
    const rows = find.all(last, header);
    if (rows.length === 0) return { values, damaged };
    const batch = connection.transaction(() => {
      for (const row of rows) {
        const sealed = sealAgain(row, column, sealer);
        if (sealed === undefined) damaged += 1;
        else replace.run(sealed, row.id, row.sealed);
      }
    });
    batch.immediate();
    values += rows.length;
    last = rows.at(-1)?.id ?? last;
    if (values % (20 * BATCH) === 0) say(`sealed ${values} ${column.holds} again`);
    await setImmediate();
  }
}
