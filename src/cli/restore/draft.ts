import { chmodSync, constants, copyFileSync, rmSync, statSync } from 'node:fs';
import { besideDatabase, sizeOf } from '../../database/database-files.js';
import { refuseForeignLog } from '../../database/foreign-log.js';
import { codeOf } from '../../errors/error-code.js';
import { StartError } from '../../errors/start-error.js';
import type { Decrypt } from '../age/decrypter.js';
import { isAgeFile } from '../age/is-age-file.js';

const SUFFIXES = ['', '-wal', '-shm', '-journal'] as const;

/** Where the copy is made ready: beside the database, since a rename does not cross file systems. */
function draftOf(database: string): string {
  return `${database}.restoring`;
}

/**
 * Copies `file`, and a write-ahead log of its own beside it, to a draft beside the database; a file of age is decrypted to
 * it. What is checked later is the draft, so nobody can change the copy in between, and the copy itself is never opened.
 *
 * Rejects with `StartError`: it is missing, no file, the database itself, does not open, or what lies beside it is not
 * its own.
 */
export async function copyDraft(file: string, database: string, decrypt: Decrypt | undefined): Promise<string> {
  const status = statSync(file, { throwIfNoEntry: false });
  if (status?.isFile() !== true) throw new StartError(`there is no file ${file}`);
  const present = statSync(database, { throwIfNoEntry: false });
  if (present?.ino === status.ino && present.dev === status.dev) {
    throw new StartError(`${file} is the database itself: name a copy of it`);
  }
  const draft = draftOf(database);
  removeDraft(database);
  try {
    if (isEncrypted(file, decrypt)) await decrypt(file, draft);
    else copyPlain(file, draft);
  } catch (error) {
    removeDraft(database);
    if (error instanceof StartError) throw error;
    throw new StartError(`${file} cannot be copied to ${draft} (${codeOf(error) ?? 'unknown error'})`);
  }
  return draft;
}

function isEncrypted(file: string, decrypt: Decrypt | undefined): decrypt is Decrypt {
  const isAge = isAgeFile(file);
  if (isAge && decrypt === undefined) {
    throw new StartError(`${file} is encrypted: give --identity or --passphrase-file to kms restore`);
  }
  // Somebody who has altered its beginning, or put another file in its place, must not have it taken as it is.
  if (!isAge && decrypt !== undefined) {
    throw new StartError(`${file} is no file of age: what is not encrypted is restored without a key of a recipient`);
  }
  return isAge;
}

function copyPlain(file: string, draft: string): void {
  refuseForeignLog(file);
  for (const suffix of ['', '-wal'] as const) {
    const source = suffix === '' ? file : besideDatabase(file, suffix);
    if (suffix !== '' && sizeOf(source) === 0) continue;
    copyFileSync(source, `${draft}${suffix}`, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
    chmodSync(`${draft}${suffix}`, 0o600);
  }
}

/** Also one that an earlier command left which was cut off. */
export function removeDraft(database: string): void {
  for (const suffix of SUFFIXES) rmSync(`${draftOf(database)}${suffix}`, { force: true });
}
