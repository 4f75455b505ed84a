import { resolve } from 'node:path';
import { shownNumber } from '../../audit/verify/finding.js';
import { SystemClock } from '../../clock/clock.js';
import { loadConfiguration } from '../../config/load-configuration.js';
import { StartError } from '../../errors/start-error.js';
import { encryptionFor } from '../age/encrypter.js';
import type { EncryptionOptions } from '../age/encrypter.js';
import { backupDatabase } from '../backup/backup-database.js';
import type { MadeBackup } from '../backup/backup-database.js';
import { askService } from './ask-service.js';
import { tell } from './leaf.js';
import { nowAndThen } from './progress.js';
import type { Surroundings } from './terminal.js';

/** As the command line has them. */
export interface BackupOptions extends EncryptionOptions {
  readonly force?: true;
  readonly json?: true;
  readonly every?: string;
  readonly keep?: string;
}

/** Makes a backup, and says what it holds. Returns the exit code; rejects with `StartError` or what the file system says. */
export async function backup(name: string, options: BackupOptions, around: Surroundings): Promise<number> {
  refuseSchedule(name, options);
  const file = resolve(name);
  const isTime = nowAndThen(around);
  const made = await backupDatabase(loadConfiguration(around.environment), around.clock ?? new SystemClock(), {
    file,
    mayReplace: options.force === true,
    encrypt: encryptionFor(options),
    tell: (done, all) => {
      if (isTime()) around.error(`encrypted ${inMebibytes(done)} of ${inMebibytes(all)}`);
    },
  });
  const recorded = await noted(made, around);
  const last = recorded ? 'recorded' : 'not recorded: no service runs that could';
  const json = { ...jsonOf(file, made), recorded };
  tell(around, options.json, { lines: [...linesOf(file, made), last], json });
  return 0;
}

/** Whether the running service has recorded it. A backup is good all the same, and as quiet as any reader of the file. */
async function noted(made: MadeBackup, around: Surroundings): Promise<boolean> {
  const { entries, checkpoint = null, bytes } = made;
  const { operatorSocket } = loadConfiguration(around.environment);
  if (operatorSocket === undefined) return false;
  try {
    await askService(operatorSocket, 'note-backup', { entries, checkpoint, bytes });
    return true;
  } catch (error) {
    if (error instanceof StartError) return false;
    throw error;
  }
}

function linesOf(
  file: string,
  { atMilliseconds, wallets, splitKeys, entries, checkpoint, bytes }: MadeBackup,
): string[] {
  return [
    `${file}: the database as it was at ${new Date(atMilliseconds).toISOString()}, encrypted, ${inMebibytes(bytes)}`,
    `${shownNumber(wallets)} wallets, ${shownNumber(splitKeys)} split keys, ${shownNumber(entries)} entries of the record`,
    checkpoint === undefined ? 'the log has no checkpoint yet' : `newest checkpoint ${checkpoint}`,
    'it opens with its recipients’ keys, and what is sealed in it with the sealing key, which is not in it: keep both, apart',
  ];
}

function jsonOf(file: string, made: MadeBackup): object {
  const { atMilliseconds, wallets, splitKeys, entries, checkpoint = null, bytes } = made;
  const at = new Date(atMilliseconds).toISOString();
  return { file, at, bytes, wallets, split_keys: splitKeys, entries, checkpoint };
}

function inMebibytes(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(1)} MiB`;
}

/**
 * A schedule is the service's, by its settings: what a command told a process would be gone with its next restart, and
 * nobody would notice. Throws `StartError` with the settings that make this one.
 */
function refuseSchedule(folder: string, { every, keep, recipient = [] }: BackupOptions): void {
  if (every === undefined && keep === undefined) return;
  const hours = /^([1-9]\d{0,3})h?$/.exec(every ?? '6h')?.[1];
  if (hours === undefined || Number(hours) > 8760) throw new StartError('--every must be hours, such as 6h');
  if (!/^[1-9]\d{0,4}$/.test(keep ?? '28')) throw new StartError('--keep must be how many are kept, such as 28');
  const recipients = recipient.length === 0 ? 'age1…' : recipient.join(',');
  throw new StartError(
    `a schedule lasts when the service has it in its settings: start it with BACKUP_DIR=${resolve(folder)} ` +
      `BACKUP_EVERY_HOURS=${hours} BACKUP_KEEP=${keep ?? '28'} BACKUP_RECIPIENTS=${recipients}`,
  );
}
