import { createPublicKey, createPrivateKey } from 'node:crypto';
import type BetterSqlite3 from 'better-sqlite3';
import { LOG_SEALED_COLUMN, LOG_WALLET } from '../../audit/log/sealed-column.js';
import type { Epoch } from '../../audit/log/epochs.js';
import { readEpochs } from '../../audit/log/epochs.js';
import { countEntries } from '../../audit/log/known-head.js';
import { encodeVkey, verifierKey } from '../../audit/tlog/verifier-key.js';
import { createSealer } from '../../crypto/sealing/create-sealer.js';
import type { KeyRing } from '../../crypto/sealing/data-key.js';
import { Statements } from '../../database/statements.js';

/** The log of a copy, as the copy itself has it. */
export interface OwnLog {
  /** The key that signs its checkpoints, under its first name: worth as much as the copy. */
  readonly vkey: string;
  readonly epoch: Epoch;
  readonly entries: number;
}

const KEY = `SELECT ${LOG_SEALED_COLUMN.column} FROM ${LOG_SEALED_COLUMN.table} WHERE id = 'checkpoints'`;

/** `undefined` for a copy of an earlier release, whose log has not begun. Throws when its key does not open. */
export function ownLogOf(connection: BetterSqlite3.Database, ring: KeyRing): OwnLog | undefined {
  const tables = connection.prepare<[], string>('SELECT name FROM sqlite_master').pluck().all();
  if (!tables.includes('audit_epochs') || !tables.includes(LOG_SEALED_COLUMN.table)) return undefined;
  const statements = new Statements(connection);
  const epochs = readEpochs(statements);
  const [first, last] = [epochs[0], epochs.at(-1)];
  const sealed = connection.prepare<[], Buffer>(KEY).pluck().get();
  if (first === undefined || last === undefined || sealed === undefined) return undefined;
  const { table, column, version } = LOG_SEALED_COLUMN;
  const secret = createSealer(ring).open(sealed, {
    table,
    row: 'checkpoints',
    column,
    version,
    wallet: LOG_WALLET,
    owner: '',
    recipient: '',
  });
  try {
    const der = Buffer.from(secret.expose().buffer);
    const key = createPublicKey(createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }));
    return {
      vkey: encodeVkey(verifierKey(first.origin, 'ed25519', key)),
      epoch: last,
      entries: countEntries(statements),
    };
  } finally {
    secret.wipe();
  }
}
