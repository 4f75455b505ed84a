import { existsSync, statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import type { KmsConfiguration } from '../../config/configuration.js';
import { besideDatabase, sizeOf } from '../../database/database-files.js';
import type { Finding } from './finding.js';

const MEBIBYTE = 2 ** 20;
/** Below this the service is not ready, and a backup is refused. */
const LEAST_FREE = 64 * MEBIBYTE;
const USUAL_FREE = 1024 * MEBIBYTE;

/** Whether there is room for what is written, and for the copy that a backup makes beside the database. */
export function diskFindings({ database }: KmsConfiguration): readonly Omit<Finding, 'name'>[] {
  const folder = nearest(dirname(database));
  const { bavail, bsize } = statfsSync(folder);
  const free = bavail * bsize;
  const forBackup = sizeOf(database) + sizeOf(besideDatabase(database, '-wal')) + LEAST_FREE;
  const shown = `${shownSize(free)} are free on the disk of the database`;
  if (free < LEAST_FREE) return [{ state: 'bad', text: `${shown}: make room, or nothing is signed` }];
  if (free < forBackup)
    return [{ state: 'warn', text: `${shown}; a backup needs ${shownSize(forBackup)} for a while` }];
  if (free < USUAL_FREE) return [{ state: 'warn', text: `${shown}: make room before it is full` }];
  return [{ state: 'ok', text: shown }];
}

function nearest(folder: string): string {
  return existsSync(folder) || dirname(folder) === folder ? folder : nearest(dirname(folder));
}

function shownSize(bytes: number): string {
  return `${Math.floor(bytes / MEBIBYTE)} MiB`;
}
