import { closeSync, openSync, readFileSync, readSync } from 'node:fs';

/** Where in a process something lies, as the kernel calls the mapping: `[heap]`, `[anon]`, `[stack]`, a file's path. */
export type FoundIn = Readonly<Record<string, number>>;

const CHUNK = 4 * 1024 * 1024;

/**
 * Searches all memory of another process that it may read itself, by Linux's `/proc/PID/mem`. The process runs on meanwhile,
 * so what is being moved may be missed.
 *
 * @param wanted each at least 8 bytes, by name
 * @returns for each, how often it lies in which mapping
 */
export function searchMemory(
  pid: number,
  wanted: Readonly<Record<string, Uint8Array>>,
): Readonly<Record<string, FoundIn>> {
  const needles = Object.entries(wanted).map(([name, bytes]) => ({ name, bytes: Buffer.from(bytes) }));
  const found: Record<string, Record<string, number>> = Object.fromEntries(needles.map(({ name }) => [name, {}]));
  const overlap = Math.max(...needles.map(({ bytes }) => bytes.length)) - 1;
  const memory = openSync(`/proc/${pid}/mem`, 'r');
  const chunk = Buffer.alloc(CHUNK + overlap);
  try {
    for (const { start, end, kind } of mappingsOf(pid)) {
      for (let from = start; from < end; from += CHUNK) {
        const length = readAt(memory, chunk, from, Math.min(CHUNK + overlap, end - from));
        const text = chunk.subarray(0, length);
        for (const { name, bytes } of needles) {
          // What begins in the overlap is the next chunk's.
          for (let at = text.indexOf(bytes); at >= 0 && at < CHUNK; at = text.indexOf(bytes, at + 1)) {
            const counts = found[name] ?? {};
            counts[kind] = (counts[kind] ?? 0) + 1;
          }
        }
      }
    }
  } finally {
    closeSync(memory);
    chunk.fill(0);
  }
  return found;
}

interface Mapping {
  readonly start: number;
  readonly end: number;
  readonly kind: string;
}

/** Readable ones. Addresses of user space are below 2^47. */
function mappingsOf(pid: number): readonly Mapping[] {
  return readFileSync(`/proc/${pid}/maps`, 'latin1')
    .trim()
    .split('\n')
    .flatMap((line): Mapping[] => {
      const [range = '', permissions = '', , , , ...path] = line.split(/\s+/);
      const [start = 0, end = 0] = range.split('-').map((address) => Number.parseInt(address, 16));
      const kind = path.join(' ') === '' ? '[anon]' : path.join(' ');
      return permissions.startsWith('r') && !kind.startsWith('[v') ? [{ start, end, kind }] : [];
    });
}

/** @returns how many bytes; 0 where the mapping has gone, or gives nothing to read */
function readAt(memory: number, into: Buffer, from: number, length: number): number {
  try {
    return readSync(memory, into, 0, length, from);
  } catch (error) {
    if (['EIO', 'EFAULT', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) return 0;
    throw error;
  }
}
