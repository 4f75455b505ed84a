import type { Clock } from '../../clock/clock.js';
import type { KmsConfiguration } from '../../config/configuration.js';
import { databaseState, IN_MEMORY } from '../../database/database-files.js';
import { realPathOf } from '../../database/real-path.js';
import { StartError } from '../../errors/start-error.js';
import type { Encrypt } from '../age/encrypter.js';
import { streamOf, writeTo } from '../age/file-streams.js';
import { readMoment } from './read-moment.js';
import type { Held } from './what-it-holds.js';
import { refusePresent, writeWhole } from './whole-file.js';

/** A backup that was made. */
export interface MadeBackup extends Held {
  readonly atMilliseconds: number;
  /** Of the encrypted file. */
  readonly bytes: number;
}

export interface BackupOrder {
  readonly file: string;
  readonly mayReplace: boolean;
  readonly encrypt: Encrypt;
  /** Hears how much has been encrypted, in bytes. */
  readonly tell: (done: number, all: number) => void;
}

/**
 * Makes an encrypted backup of the database that the settings name, beside the service that runs on it: first a copy of
 * one moment, which takes as long as the disk needs, then that is encrypted, which no longer holds up anything. Rejects
 * with `StartError`, and with what the file system says.
 */
export async function backupDatabase(
  { database }: Pick<KmsConfiguration, 'database'>,
  clock: Clock,
  { file, mayReplace, encrypt, tell }: BackupOrder,
): Promise<MadeBackup> {
  if (database === IN_MEMORY) throw new StartError('DATABASE is :memory:, which is gone with its process');
  if (databaseState(database) !== 'there') throw new StartError(`there is no database ${database}`);
  refusePresent(file, mayReplace);
  const { copy, held } = await readMoment(realPathOf(database));
  const atMilliseconds = clock.nowMilliseconds();
  try {
    const { size } = await copy.stat();
    let bytes = 0;
    await writeWhole(file, mayReplace, async (draft) => {
      bytes = await writeTo(draft, await encrypt(streamOf(copy)), (done) => {
        tell(done, size);
      });
    });
    return { ...held, atMilliseconds, bytes };
  } finally {
    await copy.close();
  }
}
