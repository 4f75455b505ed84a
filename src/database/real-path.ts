import { lstatSync, readlinkSync, realpathSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { codeOf } from '../errors/error-code.js';

/**
 * The one path of a file that SQLite opens or will make, whichever links and spellings lead to it. SQLite resolves
 * them in the same way, so its `-wal` and `-shm`, and our lock, are beside the file itself.
 *
 * Makes nothing: what is missing is named where it would be. Throws what the file system says of what is there.
 */
export function realPathOf(file: string): string {
  try {
    return realpathSync.native(file);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
  }
  const directory = realPathOf(dirname(file));
  const isLink = lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink() === true;
  // A link that leads nowhere yet: SQLite makes the file at its other end.
  return isLink ? realPathOf(resolve(directory, readlinkSync(file))) : join(directory, basename(file));
}
