import { statSync } from 'node:fs';
import type { Clock } from '../../clock/clock.js';
import type { Objection, Readiness } from '../../readiness/readiness.js';
import type { Checkpoints } from './checkpoints.js';

/** How the log of the record is kept. */
export interface KeptLog {
  readonly everySeconds: number;
  readonly production: boolean;
  readonly database: string;
  /** The path of AUDIT_CHECKPOINT_FILE; `undefined`: there is none. */
  readonly file: string | undefined;
  readonly witnesses: number;
}

/** A checkpoint may wait for a lock of others, or a full queue: not every delay is worth a warning. */
const LEAST_SECONDS = 30;

/** Intervals that may pass before an entry without a checkpoint is told. */
const INTERVALS = 3;

/** Adds to what is warned of: checkpoints that are late, not appended, or nowhere but beside the database. */
export function warnOfCheckpoints(kept: KeptLog, checkpoints: Checkpoints, clock: Clock, readiness: Readiness): void {
  const seconds = Math.max(LEAST_SECONDS, INTERVALS * kept.everySeconds);
  readiness.warn('checkpoints', async () => {
    const since = await checkpoints.waitingSince();
    if (since === undefined || clock.nowMilliseconds() - since <= seconds * 1000) return undefined;
    return `entries of the record have waited for one for longer than ${seconds} seconds`;
  });
  readiness.warn('checkpoint_file', () => checkpoints.fileObjection());
  readiness.warn('checkpoint_copies', () => onlyBesideTheDatabase(kept));
}

/** Whoever sets the disk back sets all of them back, and nobody else knows. */
function onlyBesideTheDatabase({ production, database, file, witnesses }: KeptLog): Objection {
  if (!production || witnesses > 0 || file === undefined) return undefined;
  const [one, other] = [deviceOf(database), deviceOf(file)];
  if (one === undefined || one !== other) return undefined;
  return 'AUDIT_CHECKPOINT_FILE is on the disk of the database, and no witness is asked: both can be set back together';
}

function deviceOf(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.dev;
}
