import { rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import type BetterSqlite3 from 'better-sqlite3';
import { draftBeside } from './drafts.js';

/** Enough that SQLite begins its journal, for which it wants to see the file under its name. */
const PAGES_WITH_A_NAME = 1;
/** Between two such steps the progress is told, and a signal heard. */
const PAGES_AT_ONCE = 1_024;

/**
 * Copies what a connection sees at this moment into a file that has no name any more: the copy is plain, and so ends with
 * this process, however that ends. It takes its name away before SQLite has written a byte of it.
 *
 * Whoever gets the file closes it. Rejects with what SQLite or the file system says.
 *
 * @param connection in a transaction that has read, so that what a running service writes meanwhile is not in the copy
 * @param database beside which the file is: as plain as the copy, so no disk has it that had it not before
 */
export async function copyUnnamed(connection: BetterSqlite3.Database, database: string): Promise<FileHandle> {
  const draft = draftBeside(database);
  // Made here, so that its mode is ours whatever the umask is; SQLite's journal takes it over.
  const file = await open(draft, 'wx+', 0o600);
  try {
    let steps = 0;
    await connection.backup(draft, {
      progress: () => {
        steps += 1;
        // The first step copies nothing.
        if (steps === 1) return PAGES_WITH_A_NAME;
        if (steps === 2) rmSync(draft);
        return PAGES_AT_ONCE;
      },
    });
    return file;
  } catch (error) {
    await file.close();
    throw error;
  } finally {
    for (const suffix of ['', '-journal']) rmSync(`${draft}${suffix}`, { force: true });
  }
}
