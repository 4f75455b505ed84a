import { fork } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import { compiledWorker } from '../engine/compiled-worker.js';
import type { BackupOutcome, ScheduledBackup } from './scheduled-backup.js';

const CHILD = fileURLToPath(compiledWorker('../cli/backup/scheduled-child.js', import.meta.url));

/**
 * Makes a backup in a process of its own: copying and encrypting a large database takes a core for minutes, and a signature
 * waits for neither. The child gets none of our variables, and has no key of ours: it reads the database beside us, as
 * `kms backup` does. Rejects when it could not be made; a child that is cut off leaves nothing that could be read.
 */
export function runBackup(
  order: ScheduledBackup,
  signal: AbortSignal,
): Promise<BackupOutcome & { readonly made: true }> {
  return new Promise((resolve, reject) => {
    const child = fork(CHILD, [], { env: {}, execArgv: [], stdio: ['ignore', 'ignore', 'ignore', 'ipc'], signal });
    let outcome: BackupOutcome | undefined;
    child.on('message', (message) => (outcome = message as BackupOutcome));
    child.once('error', reject);
    child.once('close', () => {
      if (outcome?.made === true) resolve(outcome);
      else reject(new Error(outcome?.why ?? 'its process ended without a word'));
    });
    if (child.pid !== undefined) lowered(child.pid);
    child.send(order, () => undefined);
  });
}

/** Nicer than whatever signs. */
function lowered(pid: number): void {
  try {
    setPriority(pid, constants.priority.PRIORITY_LOW);
  } catch {
    // It is over already, or may not be: then it takes its turn like others.
  }
}
