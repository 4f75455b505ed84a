import { closeSync, openSync, readSync } from 'node:fs';
import { codeOf } from '../errors/error-code.js';

// SQLite's write-ahead log, as far as it must be understood before SQLite opens it: https://sqlite.org/fileformat2.html#walformat

const HEADER_BYTES = 32;
const FRAME_HEADER_BYTES = 24;
/** The lowest bit says whether checksums are computed from big-endian words. */
const MAGIC = 0x377f0682;
const FORMAT = 3007000;

type Checksum = readonly [number, number];

export interface LogHeader {
  readonly pageBytes: number;
  /** How often the connection that wrote this had begun the log anew. */
  readonly restarts: number;
  /** Random in a new file, and one higher each time that the log is begun anew, by whomever. */
  readonly salt: number;
  readonly isBigEndian: boolean;
  /** Both salts; every frame that counts repeats them. */
  readonly salts: Buffer;
  readonly checksum: Checksum;
}

/** The log's header; `undefined` when SQLite would not read the file either, because there is none or it is not valid. */
export function readLogHeader(file: string): LogHeader | undefined {
  return withFile(file, (descriptor) => {
    const header = readAt(descriptor, 0, HEADER_BYTES);
    if (header === undefined) return undefined;
    const magic = header.readUInt32BE(0);
    const isBigEndian = (magic & 1) === 1;
    const checksum: Checksum = [header.readUInt32BE(24), header.readUInt32BE(28)];
    const isValid =
      magic >>> 1 === MAGIC >>> 1 &&
      header.readUInt32BE(4) === FORMAT &&
      isPageSize(header.readUInt32BE(8)) &&
      isEqual(sum([0, 0], header.subarray(0, 24), isBigEndian), checksum);
    if (!isValid) return undefined;
    return {
      pageBytes: header.readUInt32BE(8),
      restarts: header.readUInt32BE(12),
      salt: header.readUInt32BE(16),
      isBigEndian,
      salts: header.subarray(16, 24),
      checksum,
    };
  });
}

/**
 * What SQLite would put into the database: for each page that a committed transaction of the log changed, its number and
 * its newest content.
 */
export function committedPages(file: string, header: LogHeader): ReadonlyMap<number, Buffer> {
  const committed = new Map<number, Buffer>();
  withFile(file, (descriptor) => {
    const open = new Map<number, Buffer>();
    const frameBytes = FRAME_HEADER_BYTES + header.pageBytes;
    let checksum = header.checksum;
    for (let offset = HEADER_BYTES; ; offset += frameBytes) {
      const frame = readAt(descriptor, offset, frameBytes);
      if (frame?.subarray(8, 16).equals(header.salts) !== true) return;
      const page = frame.subarray(FRAME_HEADER_BYTES);
      checksum = sum(sum(checksum, frame.subarray(0, 8), header.isBigEndian), page, header.isBigEndian);
      if (!isEqual(checksum, [frame.readUInt32BE(16), frame.readUInt32BE(20)])) return;
      open.set(frame.readUInt32BE(0), page);
      const isCommit = frame.readUInt32BE(4) !== 0;
      if (!isCommit) continue;
      for (const [number, content] of open) committed.set(number, content);
      open.clear();
    }
  });
  return committed;
}

/** What `look` says of the opened file; `undefined` when there is none. */
export function withFile<T>(file: string, look: (descriptor: number) => T): T | undefined {
  let descriptor: number;
  try {
    descriptor = openSync(file, 'r');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
  try {
    return look(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Exactly so many bytes; `undefined` when the file ends before. */
export function readAt(descriptor: number, offset: number, length: number): Buffer | undefined {
  const bytes = Buffer.alloc(length);
  return readSync(descriptor, bytes, 0, length, offset) === length ? bytes : undefined;
}

/** SQLite's checksum, continued: two sums over pairs of 32-bit words. */
function sum([first, second]: Checksum, bytes: Buffer, isBigEndian: boolean): Checksum {
  const word = (at: number): number => (isBigEndian ? bytes.readUInt32BE(at) : bytes.readUInt32LE(at));
  let [one, two] = [first, second];
  for (let at = 0; at < bytes.length; at += 8) {
    one = (one + word(at) + two) >>> 0;
    two = (two + word(at + 4) + one) >>> 0;
  }
  return [one, two];
}

function isPageSize(bytes: number): boolean {
  return bytes >= 512 && bytes <= 65_536 && (bytes & (bytes - 1)) === 0;
}

function isEqual(one: Checksum, other: Checksum): boolean {
  return one[0] === other[0] && one[1] === other[1];
}
