import type BetterSqlite3 from 'better-sqlite3';
import { newestCheckpoint } from '../../audit/log/checkpoint-table.js';
import { readEpochs } from '../../audit/log/epochs.js';
import { countEntries, headOf, readHead } from '../../audit/log/known-head.js';
import { Statements } from '../../database/statements.js';

/** What a backup holds, for whoever has to say later which one it was. */
export interface Held {
  readonly wallets: number;
  readonly splitKeys: number;
  /** Of the record. */
  readonly entries: number;
  /** The newest checkpoint of the log, as `SIZE:ROOT`; `undefined` when there is none yet. */
  readonly checkpoint: string | undefined;
}

const COUNTS = `SELECT (SELECT count(*) FROM vault_wallets) AS wallets,
  (SELECT count(*) FROM vault_split_keys) AS splitKeys`;

/** Reads it from a database of this release. Throws what SQLite says. */
export function whatItHolds(connection: BetterSqlite3.Database): Held {
  const statements = new Statements(connection);
  const counts = statements.first<{ wallets: number; splitKeys: number }>(COUNTS);
  const origin = readEpochs(statements).at(-1)?.origin;
  const kept = origin === undefined ? undefined : newestCheckpoint(origin, statements);
  return {
    wallets: counts?.wallets ?? 0,
    splitKeys: counts?.splitKeys ?? 0,
    entries: countEntries(statements),
    checkpoint: kept === undefined ? undefined : headOf(readHead({ note: kept.note, where: 'the database' })),
  };
}
