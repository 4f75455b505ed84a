import type { Handle, ModuleApi, ModuleCalls } from './module-api.js';

/** A session that is logged in, and a key that was found in it. */
export interface KeyInSession {
  readonly api: ModuleApi;
  readonly calls: ModuleCalls;
  readonly session: Handle;
  readonly key: Handle;
}

/** How one kind of key wraps. Both throw what the module says, and `KeyEncryptionError` where it need not be asked. */
export interface ModuleCipher {
  /** Public: what the fingerprint of the key is made of. */
  readonly names: readonly string[];

  /** A wrapping, its format in the first byte. @param nonce 12 bytes that were never used before */
  wrap(key: Buffer, nonce: Buffer, context: Buffer): Buffer;

  unwrap(wrapped: Buffer, context: Buffer): Buffer;
}

const MOST_OUTPUT_BYTES = 2_048;

/** What the module writes, in memory of its own; the room that it had to write is overwritten. */
export function written(write: (room: Buffer) => Buffer): Buffer {
  const room = Buffer.alloc(MOST_OUTPUT_BYTES);
  try {
    return Buffer.from(new Uint8Array(write(room)).buffer);
  } finally {
    room.fill(0);
  }
}
