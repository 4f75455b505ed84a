import { MalformedTlogError } from './malformed-tlog-error.js';
import { TILE_WIDTH } from './tiles.js';

/** Bytes that an entry can have at most, since two bytes tell how many (tlog-tiles, "Log entries"). */
export const MAX_ENTRY_BYTES = 0xffff;

const LENGTH_BYTES = 2;

/**
 * Up to 256 entries as one file (tlog-tiles, "Log entries"): before each its length as two bytes, big-endian. Throws a
 * RangeError for more, for none, or for an entry that is too long.
 */
export function encodeEntryBundle(entries: readonly Uint8Array[]): Buffer {
  if (entries.length < 1 || entries.length > TILE_WIDTH) {
    throw new RangeError(`entries must be 1 to ${TILE_WIDTH}`);
  }
  return Buffer.concat(
    entries.flatMap((entry) => {
      if (entry.length > MAX_ENTRY_BYTES) throw new RangeError(`an entry must have at most ${MAX_ENTRY_BYTES} bytes`);
      const length = Buffer.alloc(LENGTH_BYTES);
      length.writeUInt16BE(entry.length);
      return [length, entry];
    }),
  );
}

/**
 * The entries of a file, views of its bytes. Throws `MalformedTlogError` with the caller's field and the number of the
 * entry, from 0 on, where the file ends too early; without one, for none or more than 256.
 */
export function decodeEntryBundle(bytes: Uint8Array, field: string): Buffer[] {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries: Buffer[] = [];
  for (let at = 0; at < file.length;) {
    if (entries.length === TILE_WIDTH) throw new MalformedTlogError(field, `must not hold over ${TILE_WIDTH} entries`);
    const begin = at + LENGTH_BYTES;
    const end = begin > file.length ? Infinity : begin + file.readUInt16BE(at);
    if (end > file.length) throw new MalformedTlogError(`${field} entry ${entries.length}`, 'must not be cut off');
    entries.push(file.subarray(begin, end));
    at = end;
  }
  if (entries.length === 0) throw new MalformedTlogError(field, 'must hold an entry');
  return entries;
}
