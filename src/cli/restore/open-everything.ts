import type BetterSqlite3 from 'better-sqlite3';
import type { BlsEngine } from '../../crypto/bls0chain/bls-engine.js';
import { createSealer } from '../../crypto/sealing/create-sealer.js';
import { SealedValueError } from '../../crypto/sealing/sealed-value-error.js';
import type { KeyRings } from '../../crypto/sealing/data-key.js';
import type { SealedPlace } from '../../crypto/sealing/sealed-place.js';
import type { Sealer } from '../../crypto/sealing/sealer.js';
import type { SecretBytes } from '../../crypto/secret-bytes.js';
import { SEALED_COLUMNS } from '../../sealed-columns.js';
import type { SealedColumn } from '../../sealed-columns.js';
import { placeOf, sealedColumns } from '../../data-keys/sealed-rows.js';
import type { SealedRow } from '../../data-keys/sealed-rows.js';
import { isOfItsRow, shownBesides } from './public-keys.js';
import { UnsoundCopyError } from './unsound-copy-error.js';

const TOLD_EVERY = 10_000;

/** SQL: in which rows a value may be nothing. Which expired split keys were due then, the clock alone knows. */
const MAY_BE_ERASED: Readonly<Record<SealedColumn['erased'], string>> = {
  never: 'FALSE',
  'once dead': '(is_revoked <> 0 OR expires_at > 0)',
};

interface ShownRow extends SealedRow {
  readonly publicKey: string | null;
  readonly clientId: string | null;
}

/**
 * Opens every sealed secret of a database that has not been erased, and wipes each at once: a sealing key that is right
 * by its fingerprint still says nothing of a value that was altered or moved. Derives the public keys of those that have
 * some, and compares. Returns how many there are, as `3 master keys`.
 *
 * Throws `UnsoundCopyError` naming the column of the first that does not open, or has another public key.
 */
export function openEverything(
  connection: BetterSqlite3.Database,
  { vault, auth, audit }: KeyRings,
  engine: BlsEngine,
  say: (line: string) => void,
): readonly string[] {
  const sealers = { vault: createSealer(vault), auth: createSealer(auth), audit: createSealer(audit) };
  const tables = new Set(
    connection.prepare<[], string>("SELECT name FROM sqlite_master WHERE type = 'table'").pluck().all(),
  );
  // A copy of an earlier release has fewer; its first start makes them.
  return SEALED_COLUMNS.filter(({ table }) => tables.has(table)).map((sealed) => {
    const { domain, table, column, holds, erased } = sealed;
    const rows = connection.prepare<[], ShownRow>(
      `SELECT ${sealedColumns(sealed)}, ${shownBesides(table, column)} FROM ${table}
        WHERE ${column} IS NOT NULL AND NOT (${column} = x'' AND ${MAY_BE_ERASED[erased]})`,
    );
    let count = 0;
    for (const row of rows.iterate()) {
      const secret = opened(sealers[domain], row, placeOf(row, sealed));
      try {
        if (!isOfItsRow(engine, secret, row)) throw notOfItsRow(table, column);
      } finally {
        secret.wipe();
      }
      count += 1;
      if (count % TOLD_EVERY === 0) say(`opened ${count} ${holds}`);
    }
    return `${count} ${holds}`;
  });
}

function opened(sealer: Sealer, { sealed }: SealedRow, place: SealedPlace): SecretBytes {
  try {
    return sealer.open(sealed, place);
  } catch (error) {
    if (!(error instanceof SealedValueError)) throw error;
    throw new UnsoundCopyError(
      `the copy is not sound: ${place.column} of a row of ${place.table} cannot be opened with this sealing key`,
    );
  }
}

function notOfItsRow(table: string, column: string): UnsoundCopyError {
  return new UnsoundCopyError(
    `the copy is not sound: a row of ${table} says another public key than its ${column} has`,
  );
}
