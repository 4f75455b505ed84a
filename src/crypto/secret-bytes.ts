import { inspect } from 'node:util';

const REDACTED = '[secret]';

/**
 * Zeros to write a secret over, in memory that V8 never moves: of a short array that lies in its heap, each move by the
 * garbage collector would leave a copy behind, which nobody can wipe.
 */
export function unmovedBytes(length: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array(new ArrayBuffer(length));
}

/** A copy in such memory; the bytes stay the caller's to wipe. */
export function unmovedCopy(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const copy = unmovedBytes(bytes.length);
  copy.set(bytes);
  return copy;
}

/**
 * Bytes that must not be seen: private scalars, seeds, mnemonics, data keys.
 *
 * Refuses JSON, string conversion and `util.inspect`, so that no log line, error or response can hold them
 * by accident; the bytes are reached only through {@link expose}, which a reviewer can search for.
 * {@link wipe} overwrites them. That is best effort: V8 may have copied a buffer before, and strings or
 * bigints made from the bytes cannot be overwritten at all.
 */
export class SecretBytes {
  readonly #bytes: Uint8Array;
  #wiped = false;

  /** Takes ownership of `bytes` (no copy): the caller must not keep or share the array. */
  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** The number of bytes. */
  get length(): number {
    return this.#bytes.length;
  }

  /** The bytes themselves, not a copy. Throws after {@link wipe}: zeros must never be used as a key. */
  expose(): Uint8Array {
    if (this.#wiped) throw new Error('secret bytes were already wiped');
    return this.#bytes;
  }

  /** Overwrites the bytes with zeros; safe to call more than once. */
  wipe(): void {
    this.#bytes.fill(0);
    this.#wiped = true;
  }

  toJSON(): never {
    throw new Error('secret bytes refuse to become JSON');
  }

  toString(): string {
    return REDACTED;
  }

  [Symbol.toPrimitive](): string {
    return REDACTED;
  }

  [inspect.custom](): string {
    return REDACTED;
  }
}
