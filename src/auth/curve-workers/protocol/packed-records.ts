/** What a record consists of, beside its tag. */
export type PackedField = Uint8Array | string;

export interface PackedRecord {
  /** From 0 to 255: the kind of record, which tells what fields it has. */
  readonly tag: number;
  readonly fields: readonly PackedField[];
}

const COUNT_BYTES = 4;
const TAG_BYTES = 1;
const LENGTH_BYTES = 4;

/**
 * Records in one array that owns its whole buffer, so that it can be transferred to another thread: their number, then
 * for each its tag and its fields, each field after its length in bytes. Numbers have 4 bytes, little-endian; a tag has
 * one. Text is UTF-16, of which every string has its own (lone surrogates have none in UTF-8) and whose length needs no
 * pass over it.
 */
export function packRecords(records: readonly PackedRecord[]): Uint8Array<ArrayBuffer> {
  let size = COUNT_BYTES;
  for (const { fields } of records) {
    size += TAG_BYTES;
    for (const field of fields) size += LENGTH_BYTES + lengthOf(field);
  }
  const packed = new Uint8Array(size);
  const buffer = Buffer.from(packed.buffer);
  let offset = buffer.writeUInt32LE(records.length);
  for (const { tag, fields } of records) {
    offset = buffer.writeUInt8(tag, offset);
    for (const field of fields) {
      const length = lengthOf(field);
      offset = buffer.writeUInt32LE(length, offset);
      if (typeof field === 'string') buffer.write(field, offset, 'utf16le');
      else packed.set(field, offset);
      offset += length;
    }
  }
  return packed;
}

function lengthOf(field: PackedField): number {
  return typeof field === 'string' ? 2 * field.length : field.length;
}

/**
 * What `read` makes of each record. Throws `RangeError` unless the records that it reads are exactly those in `packed`,
 * neither more nor less bytes.
 */
export function unpackRecords<T>(packed: Uint8Array, read: (record: RecordReader) => T): T[] {
  const reader = new RecordReader(packed);
  const count = reader.number();
  const results: T[] = [];
  while (results.length < count) results.push(read(reader));
  reader.end();
  return results;
}

/** Takes packed records apart, from the front. Everything throws `RangeError` where there are too few bytes. */
export class RecordReader {
  readonly #packed: Uint8Array;
  readonly #buffer: Buffer;
  #offset = 0;

  constructor(packed: Uint8Array) {
    this.#packed = packed;
    this.#buffer = Buffer.from(packed.buffer, packed.byteOffset, packed.length);
  }

  tag(): number {
    const tag = this.#buffer.readUInt8(this.#offset);
    this.#offset += TAG_BYTES;
    return tag;
  }

  /** A view, no copy. Not a Buffer, whose `slice` would not copy either. */
  bytes(): Uint8Array {
    const [start, end] = this.#field();
    return this.#packed.subarray(start, end);
  }

  text(): string {
    const [start, end] = this.#field();
    if ((end - start) % 2 !== 0) throw new RangeError('half a character in a packed text');
    return this.#buffer.toString('utf16le', start, end);
  }

  number(): number {
    const number = this.#buffer.readUInt32LE(this.#offset);
    this.#offset += COUNT_BYTES;
    return number;
  }

  /** Throws `RangeError` when something is left. */
  end(): void {
    if (this.#offset !== this.#packed.length) throw new RangeError('more bytes than the packed records have');
  }

  #field(): [start: number, end: number] {
    const length = this.number();
    const start = this.#offset;
    const end = start + length;
    if (end > this.#packed.length) throw new RangeError('a packed field ends beyond its array');
    this.#offset = end;
    return [start, end];
  }
}
