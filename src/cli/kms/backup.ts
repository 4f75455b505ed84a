import { resolve } from 'node:path';
import { shownNumber } from '../../audit/verify/finding.js';
import { SystemClock } from '../../clock/clock.js';
import { loadConfiguration } from '../../config/load-configuration.js';
import { encryptionFor } from '../age/encrypter.js';
import type { EncryptionOptions } from '../age/encrypter.js';
import { backupDatabase } from '../backup/backup-database.js';
import type { MadeBackup } from '../backup/backup-database.js';
import { tell } from './leaf.js';
import { nowAndThen } from './progress.js';
import type { Surroundings } from './terminal.js';

/** As the command line has them. */
export interface BackupOptions extends EncryptionOptions {
  readonly force?: true;
  readonly json?: true;
}

/** Makes a backup, and says what it holds. Returns the exit code; rejects with `StartError` or what the file system says. */
export async function backup(name: string, options: BackupOptions, around: Surroundings): Promise<number> {
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
  tell(around, options.json, { lines: linesOf(file, made), json: jsonOf(file, made) });
  return 0;
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
