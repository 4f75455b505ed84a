import type { BackupOutcome, ScheduledBackup } from '../../backups/scheduled-backup.js';
import { SystemClock } from '../../clock/clock.js';
import { encryptionFor } from '../age/encrypter.js';
import { startFailure } from '../../start/start-failure.js';
import { backupDatabase } from './backup-database.js';

/** The process that makes one backup for the running service, which has started it and ends it when it ends itself. */
process.umask(0o077);
process.once('disconnect', () => process.exit(1));
process.once('message', (order) => {
  void outcomeOf(order as ScheduledBackup).then((outcome) => {
    process.send?.(outcome, () => process.exit(0));
  });
});

async function outcomeOf({ database, file, recipients }: ScheduledBackup): Promise<BackupOutcome> {
  try {
    const made = await backupDatabase({ database }, new SystemClock(), {
      file,
      mayReplace: false,
      encrypt: encryptionFor({ recipient: recipients }),
      tell: () => undefined,
    });
    const { entries, checkpoint = null, bytes } = made;
    return { made: true, holds: { entries, checkpoint, bytes } };
  } catch (error) {
    return { made: false, why: startFailure(error).split('\n')[0] ?? '' };
  }
}
