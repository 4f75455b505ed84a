import type BetterSqlite3 from 'better-sqlite3';
import { createSealer } from '../../crypto/sealing/create-sealer.js';
import { SealedValueError } from '../../crypto/sealing/sealed-value-error.js';
import type { KeyRings } from '../../crypto/sealing/data-key.js';
import { StartError } from '../../errors/start-error.js';
import { SEALED_COLUMNS } from '../../sealed-columns.js';
import type { SealedColumn } from '../../sealed-columns.js';

const TOLD_EVERY = 100_000;

/** SQL: in which rows a value may be nothing. Which expired split keys were due then, the clock alone knows. */
const MAY_BE_ERASED: Readonly<Record<SealedColumn['erased'], string>> = {
  never: 'FALSE',
  'once dead': '(is_revoked <> 0 OR expires_at > 0)',
};

/**
 * Opens every sealed secret of a database that has not been erased, and wipes each at once: a sealing key that is right by its fingerprint still
 * says nothing of a value that was altered or moved. Returns how many there are, as `3 master keys`.
 *
 * Throws `StartError` naming the first column and row that does not open.
 */
export function openEverything(
  connection: BetterSqlite3.Database,
  { vault, auth, audit }: KeyRings,
  say: (line: string) => void,
): readonly string[] {
  const sealers = { vault: createSealer(vault), auth: createSealer(auth), audit: createSealer(audit) };
  const tables = new Set(
    connection.prepare<[], string>("SELECT name FROM sqlite_master WHERE type = 'table'").pluck().all(),
  );
  // A copy of an earlier release has fewer; its first start makes them.
  return SEALED_COLUMNS.filter(({ table }) => tables.has(table)).map(
    ({ domain, table, column, version, wallet, holds, erased }) => {
      const rows = connection.prepare<[], { id: string; wallet: string; sealed: Buffer }>(
        `SELECT id, ${wallet} AS wallet, ${column} AS sealed FROM ${table}
        WHERE ${column} IS NOT NULL AND NOT (${column} = x'' AND ${MAY_BE_ERASED[erased]})`,
      );
      let count = 0;
      for (const { id, wallet: name, sealed } of rows.iterate()) {
        try {
          sealers[domain].open(sealed, { table, row: id, column, version, wallet: name }).wipe();
        } catch (error) {
          if (!(error instanceof SealedValueError)) throw error;
          throw new StartError(
            `the copy is not sound: ${column} of a row of ${table} cannot be opened with this sealing key`,
          );
        }
        count += 1;
        if (count % TOLD_EVERY === 0) say(`opened ${count} ${holds}`);
      }
      return `${count} ${holds}`;
    },
  );
}
