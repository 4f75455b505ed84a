import type BetterSqlite3 from 'better-sqlite3';
import { createSealer } from '../crypto/sealing/create-sealer.js';
import { SECRET_DOMAINS, idOf } from '../crypto/sealing/data-key.js';
import type { KeyRing, KeyRings } from '../crypto/sealing/data-key.js';
import { envelopeHeader } from '../crypto/sealing/envelope.js';
import { Statements } from '../database/statements.js';
import type { SealedColumn } from '../sealed-columns.js';
import { KeyTables } from './key-tables.js';
import { sealedPages } from './sealed-pages.js';
import { replaceSealed, rowsUnderAnother, sealAgain } from './sealed-rows.js';
import type { SealedRow } from './sealed-rows.js';

/** Values that are sealed again in one transaction: some ten milliseconds. */
const BATCH = 500;
const SAID_EVERY = 10_000;

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
    const done = await resealDomain(
      connection,
      ring,
      columns.filter((one) => one.domain === domain),
      (again) => {
        say(`sealed ${again} values of ${domain} again`);
      },
    );
    values += done.values;
    damaged += done.damaged;
    if (done.damaged === 0) for (const key of ring.earlier) new KeyTables(connection).forget(idOf(key));
  }
  return { values, damaged };
}

async function resealDomain(
  connection: BetterSqlite3.Database,
  ring: KeyRing,
  columns: readonly SealedColumn[],
  say: (values: number) => void,
): Promise<Resealed> {
  const sealer = createSealer(ring);
  const header = envelopeHeader(ring.current);
  const statements = new Statements(connection);
  const next = (column: SealedColumn, last: number): Promise<readonly SealedRow[]> =>
    Promise.resolve(statements.all<SealedRow>(rowsUnderAnother(column, header.length, BATCH), last, header));
  let [values, damaged] = [0, 0];
  for await (const { column, rows } of sealedPages(columns, { next, saidEvery: SAID_EVERY, say })) {
    const replace = replaceSealed(column);
    const batch = connection.transaction(() => {
      for (const row of rows) {
        const sealed = sealAgain(row, column, sealer);
        if (sealed === undefined) damaged += 1;
        else statements.run(replace, sealed, row.id, row.sealed);
      }
    });
    batch.immediate();
    values += rows.length;
  }
  return { values, damaged };
}
