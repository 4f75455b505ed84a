import { randomBytes } from 'node:crypto';
import { readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { codeOf } from '../../errors/error-code.js';

/** `.NAME.PID-16 hexadecimal digits.part`, and what SQLite puts beside it. */
const OF_A_RUN = /^\.(.+)\.(\d+)-[0-9a-f]{16}\.part(?:-journal)?$/s;

/** A name beside `file` that nobody else has, for what is to become it or is needed meanwhile. */
export function draftBeside(file: string): string {
  return join(dirname(file), `.${basename(file)}.${process.pid}-${randomBytes(8).toString('hex')}.part`);
}

/**
 * Removes the drafts of earlier runs that were killed. One whose process is still there stays; on a file system that
 * several machines or containers share, a run elsewhere may lose its draft, and then fails without harm.
 */
export function removeLeftDrafts(file: string): void {
  for (const name of readdirSync(dirname(file))) {
    const [, of, pid] = OF_A_RUN.exec(name) ?? [];
    if (of === basename(file) && !isRunning(Number(pid))) rmSync(join(dirname(file), name), { force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) !== 'ESRCH';
  }
}
