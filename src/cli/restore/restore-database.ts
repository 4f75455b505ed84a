import type BetterSqlite3 from 'better-sqlite3';
import type { KmsConfiguration } from '../../config/configuration.js';
import { readSealingKey } from '../../config/local-secrets.js';
import type { Custody } from '../../data-keys/custody.js';
import { readPassphrases } from '../../data-keys/passphrase-rows.js';
import { IN_MEMORY } from '../../database/database-files.js';
import { DatabaseLock } from '../../database/database-lock.js';
import { realPathOf } from '../../database/real-path.js';
import { DamagedDatabaseError } from '../../database/structure-check.js';
import { StartError } from '../../errors/start-error.js';
import { openConfiguredCustody } from '../../start/open-custody.js';
import type { Decrypt } from '../age/decrypter.js';
import { acceptIfOlder } from './accept-if-older.js';
import { checkCopy } from './check-copy.js';
import { checkRecord } from './check-record.js';
import { copyDraft, removeDraft } from './draft.js';
import { swapIn } from './swap-in.js';
import { whatCameLater } from './what-came-later.js';
import { UnsoundCopyError } from './unsound-copy-error.js';

export interface RestoreOrder {
  /** The path of the copy. */
  readonly file: string;
  /** `undefined` for a copy that is not encrypted. */
  readonly decrypt?: Decrypt | undefined;
  readonly vkeys?: readonly string[];
  /** Files of checkpoints. */
  readonly checkpoints?: readonly string[];
  /** An export, or another database, that knows what came after the copy. */
  readonly record?: string | undefined;
  /** Hears what takes long. */
  readonly say: (line: string) => void;
}

/** What was done, in lines and as data. */
export interface Restored {
  readonly lines: readonly string[];
  readonly json: object;
}

/**
 * Puts a copy of the database in its place, after it has been checked in full; the old one is kept beside it. Rejects with
 * `StartError`, also while the service runs, and then the database is as it was. A power cut at any moment leaves the old
 * database or the new one, whole.
 */
export async function restoreDatabase(
  configuration: KmsConfiguration,
  { file, decrypt, vkeys = [], checkpoints = [], record, say }: RestoreOrder,
): Promise<Restored> {
  if (configuration.database === IN_MEMORY)
    throw new StartError('DATABASE is :memory:, which holds nothing to replace');
  const lock = DatabaseLock.acquire(configuration.database);
  try {
    const database = realPathOf(configuration.database);
    if (configuration.kek.provider === 'file') readSealingKey(configuration).wipe();
    try {
      const draft = await copyDraft(file, database, decrypt);
      // A passphrase is stretched as the copy says.
      const open = (connection: BetterSqlite3.Database): Promise<Custody> =>
        openConfiguredCustody(configuration, { known: readPassphrases(connection) });
      const { opened, log } = await checkCopy(draft, open, say);
      say('verifying the record of the copy');
      const kept = { vkeys, checkpoints, checkpointFile: configuration.auditCheckpointFile };
      const shown = checkRecord(draft, log, kept);
      say('reading what came after the copy');
      const later = whatCameLater({ draft, own: log, database, vkeys, record });
      const accepted = acceptIfOlder(draft, configuration);
      const replaced = swapIn(draft, database);
      return {
        lines: [
          `restored ${database} from ${file}: ${opened.join(', ')}, all of which open`,
          'every key has the public key that its row says',
          ...shown,
          ...(accepted === undefined ? [] : [`it is older than the last checkpoint: its log goes on as ${accepted}`]),
          ...replaced.map((path) => `the database that was there is kept as ${path}`),
          ...later.lines,
          'what was revoked, restricted or deleted since the copy was made is not in it: do that again before you serve',
          'if somebody may have read the copy, keep in mind that it is worth as much as the database',
        ],
        json: {
          database,
          file,
          opened,
          record: shown,
          log_goes_on_as: accepted ?? null,
          kept_as: replaced,
          to_do_again: later.changes,
        },
      };
    } finally {
      removeDraft(database);
    }
  } finally {
    lock.release();
  }
}

/** Whether a copy was looked at and does not hold, and not only could not be looked at. */
export function isUnsound(error: unknown): boolean {
  return error instanceof UnsoundCopyError || error instanceof DamagedDatabaseError;
}
