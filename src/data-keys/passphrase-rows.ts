import type BetterSqlite3 from 'better-sqlite3';
import { hasTable } from '../database/sealing-key-check.js';
import type { Statements } from '../database/statements.js';
import type { PassphraseParameters } from '../key-encryption/key-encryption-key.js';

/** A key that was made from a passphrase, as a database knows it. */
export interface KnownPassphrase {
  readonly fingerprint: string;
  readonly stretching: PassphraseParameters;
}

const READ = `SELECT fingerprint, passphrase_salt AS salt, passphrase_cost AS cost FROM key_encryption_keys
  WHERE passphrase_salt IS NOT NULL AND retired_at_ms IS NULL ORDER BY added_at_ms DESC, id`;

/** As {@link readPassphrases}, of a database of this release. */
export function passphrasesIn(statements: Statements): readonly KnownPassphrase[] {
  return known(statements.all<PassphraseRow>(READ));
}

/** How the keys of passphrases were made that are in use; none in a database of an earlier release. */
export function readPassphrases(connection: BetterSqlite3.Database): readonly KnownPassphrase[] {
  if (!hasTable(connection, 'data_key_wrappings')) return [];
  return known(connection.prepare<[], PassphraseRow>(READ).all());
}

interface PassphraseRow {
  readonly fingerprint: string;
  readonly salt: Buffer;
  readonly cost: number;
}

function known(rows: readonly PassphraseRow[]): readonly KnownPassphrase[] {
  return rows.map(({ fingerprint, salt, cost }) => ({ fingerprint, stretching: { salt, cost } }));
}
