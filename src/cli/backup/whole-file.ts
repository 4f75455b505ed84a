import { existsSync, linkSync, renameSync, rmSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { syncPath } from '../../database/new-database.js';
import { codeOf } from '../../errors/error-code.js';
import { StartError } from '../../errors/start-error.js';
import { isAgeFile } from '../age/is-age-file.js';
import { draftBeside, removeLeftDrafts } from './drafts.js';

/** How file systems say that they have no hard links. */
const NO_LINKS = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'];

/**
 * Writes a file (mode 0600) that appears whole and durable, or not at all. Rejects with `StartError` when there is one and
 * it may not be replaced, and with what `write` or the file system says.
 *
 * @param mayReplace only a file that is one of age too: a slip of the hand must not replace a database by its backup
 */
export async function writeWhole(
  file: string,
  mayReplace: boolean,
  write: (draft: FileHandle) => Promise<void>,
): Promise<void> {
  refusePresent(file, mayReplace);
  removeLeftDrafts(file);
  const draft = draftBeside(file);
  try {
    const handle = await open(draft, 'wx', 0o600);
    try {
      await write(handle);
      await handle.sync();
    } finally {
      await handle.close();
    }
    if (mayReplace) renameSync(draft, file);
    else nameOnce(draft, file);
  } catch (error) {
    throw (error as NodeJS.ErrnoException).syscall === undefined ? error : cannotBeWritten(file, error);
  } finally {
    rmSync(draft, { force: true });
  }
  syncPath(dirname(file));
}

/** To be asked before long work too. Throws `StartError`. */
export function refusePresent(file: string, mayReplace: boolean): void {
  const status = statSync(file, { throwIfNoEntry: false });
  if (status === undefined) return;
  if (!mayReplace) throw present(file);
  if (!status.isFile() || (status.size > 0 && !isAgeFile(file))) {
    throw new StartError(`${file} is no backup: --force replaces nothing else`);
  }
}

function cannotBeWritten(file: string, error: unknown): StartError {
  return new StartError(`${file} cannot be written (${codeOf(error) ?? 'unknown error'})`, { cause: error });
}

function present(file: string): StartError {
  return new StartError(`${file} exists already: name another file, or replace it with --force`);
}

/** Gives the draft its name, unless another run was faster. */
function nameOnce(draft: string, file: string): void {
  try {
    linkSync(draft, file);
  } catch (error) {
    const code = codeOf(error) ?? '';
    if (code === 'EEXIST' || (NO_LINKS.includes(code) && existsSync(file))) throw present(file);
    if (!NO_LINKS.includes(code)) throw error;
    renameSync(draft, file);
  }
}
