import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { SealedValueError } from '../../crypto/sealing/sealed-value-error.js';
import type { SealedPlace } from '../../crypto/sealing/sealed-place.js';
import type { Sealer } from '../../crypto/sealing/sealer.js';
import { SecretBytes } from '../../crypto/secret-bytes.js';
import type { Statements } from '../../database/statements.js';
import { StartError } from '../../errors/start-error.js';
import { LOG_SEALED_COLUMN, LOG_WALLET } from './sealed-column.js';

/** What a key of the log signs: its checkpoints, the times at which they were seen, promises of entries. */
type Purpose = 'checkpoints' | 'times' | 'promises';

/** Ed25519, each for one purpose. Node keeps their bytes outside the JavaScript heap, and shows them to no one. */
export type LogKeys = Readonly<Record<Purpose, KeyObject>>;

const READ_KEYS = 'SELECT id, sealed_key FROM audit_log_keys';

const INSERT_KEY = 'INSERT INTO audit_log_keys (id, sealed_key) VALUES (?, ?)';

/** The keys of the log, which are made when there is none: to be called in a write. Throws `StartError`. */
export function openLogKeys(sealer: Sealer, statements: Statements): LogKeys {
  const kept = new Map(
    statements.all<{ id: string; sealed_key: Buffer }>(READ_KEYS).map(({ id, sealed_key }) => [id, sealed_key]),
  );
  const keyFor = (purpose: Purpose): KeyObject => {
    const sealed = kept.get(purpose);
    if (sealed !== undefined) return open(purpose, sealed, sealer);
    if (kept.size > 0) throw new StartError(`the log of the record has lost its key for ${purpose}: restore a copy`);
    return make(purpose, sealer, statements);
  };
  return { checkpoints: keyFor('checkpoints'), times: keyFor('times'), promises: keyFor('promises') };
}

function make(purpose: Purpose, sealer: Sealer, statements: Statements): KeyObject {
  const { privateKey } = generateKeyPairSync('ed25519');
  const der = privateKey.export({ format: 'der', type: 'pkcs8' });
  const secret = new SecretBytes(Uint8Array.from(der));
  der.fill(0);
  try {
    statements.runOne(INSERT_KEY, purpose, sealer.seal(secret, placeOf(purpose)));
    return privateKey;
  } finally {
    secret.wipe();
  }
}

function open(purpose: Purpose, sealed: Buffer, sealer: Sealer): KeyObject {
  let secret: SecretBytes;
  try {
    secret = sealer.open(sealed, placeOf(purpose));
  } catch (error) {
    if (!(error instanceof SealedValueError)) throw error;
    throw new StartError(`the log's key for ${purpose} cannot be opened with this sealing key: restore a copy`);
  }
  try {
    return createPrivateKey({ key: Buffer.from(secret.expose().buffer), format: 'der', type: 'pkcs8' });
  } finally {
    secret.wipe();
  }
}

function placeOf(purpose: Purpose): SealedPlace {
  const { table, column, version } = LOG_SEALED_COLUMN;
  return { table, row: purpose, column, version, wallet: LOG_WALLET, owner: '', recipient: '' };
}
