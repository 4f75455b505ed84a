import { lstatSync, mkdirSync, readlinkSync, realpathSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

/**
 * The one path of a file that SQLite opens or will make, whichever links and spellings lead to it. SQLite resolves
 * them in the same way, so its `-wal` and `-shm`, and our lock, are beside the file itself.
 *
 * Makes the directory (mode 0700) if it is missing. Throws what the file system says.
 */
export function realPathOf(file: string): string {
  try {
    return realpathSync.native(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const directory = realpathSync.native(dirname(file));
  const isLink = lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink() === true;
  // A link that leads nowhere yet: SQLite makes the file at its other end.
  return isLink ? realPathOf(resolve(directory, readlinkSync(file))) : join(directory, basename(file));
}
