import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';

/** What is read of the file's end: more than any note of ours and a torn one have. */
const TAIL_BYTES = 64 * 1024;

/** A note of three lines and its signatures, with the empty line behind it that shows that it is whole. */
const NOTE = /^([^\n]+\n\d+\n[^\n]+\n\n(?:— [^\n]+\n)+)\n/gmu;

/**
 * Where every checkpoint is appended: what the database can be held against, if it lies on another disk. Notes with an
 * empty line behind each. Only its owner may read and write it.
 */
export class CheckpointFile {
  constructor(readonly path: string) {}

  /** Resolves once they are durable. What was torn before is left as it is, apart from what follows. */
  async append(notes: readonly string[]): Promise<void> {
    const file = await open(this.path, 'a+', 0o600);
    try {
      // All of it or an error: one write may leave some to do.
      await file.writeFile(
        `${(await endsInEmptyLine(file)) ? '' : '\n\n'}${notes.map((note) => `${note}\n`).join('')}`,
      );
      await file.sync();
    } finally {
      await file.close();
    }
  }

  /** Rejects when it cannot be opened for writing; changes nothing. */
  async probe(): Promise<void> {
    await (await open(this.path, 'a+', 0o600)).close();
  }

  /** The last whole note; `undefined` when there is no file, or none in its last 64 KiB. Nothing of it is verified. */
  newest(): string | undefined {
    const tail = tailOf(this.path);
    return tail === undefined ? undefined : [...tail.matchAll(NOTE)].at(-1)?.[1];
  }
}

async function endsInEmptyLine(file: FileHandle): Promise<boolean> {
  const { size } = await file.stat();
  if (size === 0) return true;
  const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, Math.max(0, size - 2));
  return buffer.toString('utf8', 0, bytesRead) === '\n\n';
}

function tailOf(path: string): string | undefined {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    const { size } = fstatSync(file);
    const tail = Buffer.alloc(Math.min(size, TAIL_BYTES));
    const read = readSync(file, tail, 0, tail.length, size - tail.length);
    return tail.toString('utf8', 0, read);
  } finally {
    closeSync(file);
  }
}
