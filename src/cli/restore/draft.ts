import { chmodSync, constants, copyFileSync, rmSync, statSync } from 'node:fs';
import { besideDatabase, sizeOf } from '../../database/database-files.js';
import { refuseForeignLog } from '../../database/foreign-log.js';
import { codeOf } from '../../errors/error-code.js';
import { StartError } from '../../errors/start-error.js';

const SUFFIXES = ['', '-wal', '-shm', '-journal'] as const;

/** Where the copy is made ready: beside the database, since a rename does not cross file systems. */
function draftOf(database: string): string {
  return `${database}.restoring`;
}

/**
 * Copies `file`, and a write-ahead log of its own beside it, to a draft beside the database. What is checked later is the
 * draft, so nobody can change the copy in between, and the copy itself is never opened.
 *
 * Throws `StartError`: it is missing, no file, the database itself, or what lies beside it is not its own.
 */
export function copyDraft(file: string, database: string): string {
  const status = statSync(file, { throwIfNoEntry: false });
  if (status?.isFile() !== true) throw new StartError(`there is no file ${file}`);
  const present = statSync(database, { throwIfNoEntry: false });
  if (present?.ino === status.ino && present.dev === status.dev) {
    throw new StartError(`${file} is the database itself: name a copy of it`);
  }
  refuseForeignLog(file);
  removeDraft(database);
  const draft = draftOf(database);
  try {
    for (const suffix of ['', '-wal'] as const) {
      const source = suffix === '' ? file : besideDatabase(file, suffix);
      if (suffix !== '' && sizeOf(source) === 0) continue;
      copyFileSync(source, `${draft}${suffix}`, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
      chmodSync(`${draft}${suffix}`, 0o600);
    }
  } catch (error) {
    removeDraft(database);
    throw new StartError(`${file} cannot be copied to ${draft} (${codeOf(error) ?? 'unknown error'})`);
  }
  return draft;
}

/** Also one that an earlier command left which was cut off. */
export function removeDraft(database: string): void {
  for (const suffix of SUFFIXES) rmSync(`${draftOf(database)}${suffix}`, { force: true });
}
