import { statSync } from 'node:fs';
import { stat, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Objection } from '../readiness/readiness.js';
import { realPathOf } from './real-path.js';

/** Below this the service says that it is not ready, while it can still write what is under way. Bytes. */
const LEAST_FREE_BYTES = 64 * 1024 * 1024;

interface Watched {
  readonly what: string;
  readonly path: string;
  /** Device and inode. */
  readonly identity: string | undefined;
}

/**
 * The open database on its disk. A file that is removed or replaced stays open and takes writes, which nobody will
 * ever see again: SQLite does not notice it (sqlite.org/howtocorrupt.html, section 1.3 and 4), so we look.
 */
export class DatabaseFile {
  readonly #directory: string;
  readonly #watched: readonly Watched[];

  /**
   * To be made when the database is open, since what is there now is taken for what is open.
   *
   * @param database an absolute path
   */
  constructor(database: string) {
    const file = realPathOf(database);
    this.#directory = dirname(file);
    const paths = { 'the database file': database, 'its -wal file': `${file}-wal`, 'its -shm file': `${file}-shm` };
    this.#watched = Object.entries(paths).map(([what, path]) => {
      const found = statSync(path, { bigint: true, throwIfNoEntry: false });
      return { what, path, identity: found === undefined ? undefined : identityOf(found) };
    });
  }

  /** Whether what is on the disk is still what is open. */
  async isOpenOne(): Promise<Objection> {
    for (const { what, path, identity } of this.#watched) {
      if (identity === undefined) continue;
      const now = await stat(path, { bigint: true }).then(identityOf, () => undefined);
      if (now !== identity) return `${what} was removed or replaced while it was open: restart the service`;
    }
    return undefined;
  }

  async hasSpace(): Promise<Objection> {
    const { bavail, bsize } = await statfs(this.#directory, { bigint: true });
    return bavail * bsize < BigInt(LEAST_FREE_BYTES) ? 'less than 64 MiB are free on the disk' : undefined;
  }
}

function identityOf({ dev, ino }: { readonly dev: bigint; readonly ino: bigint }): string {
  return `${dev}:${ino}`;
}
