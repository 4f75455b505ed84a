import { hash } from 'node:crypto';

/** Bytes of each hash of the tree: SHA-256. */
export const HASH_BYTES = 32;

// RFC 6962, 2.1. What begins with 0 is an entry and what begins with 1 is two hashes, so neither passes for the other.
const LEAF = Buffer.from([0x00]);
const NODE = 0x01;

/** Where the two hashes of a node are put together. Nobody waits in between, so one is enough for all. */
const pair = Buffer.alloc(1 + 2 * HASH_BYTES, NODE);

/** The hash of an entry, which is a leaf of the tree (RFC 6962, 2.1). 32 bytes. A text is hashed as UTF-8. */
export function leafHash(entry: Uint8Array | string): Buffer {
  return sha256(typeof entry === 'string' ? `\0${entry}` : Buffer.concat([LEAF, entry]));
}

/**
 * The hash of a node from those of its two children (RFC 6962, 2.1). 32 bytes. Throws a RangeError unless both are of
 * 32 bytes, since otherwise two pairs could have the same hash.
 */
export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  assertHash(left, 'left');
  assertHash(right, 'right');
  pair.set(left, 1);
  pair.set(right, 1 + HASH_BYTES);
  return sha256(pair);
}

/** The root of the tree without entries: the hash of nothing (RFC 6962, 2.1). */
export function emptyRoot(): Buffer {
  return sha256('');
}

/** Throws a RangeError that names `what` unless it is of 32 bytes. */
export function assertHash(bytes: Uint8Array, what: string): void {
  if (bytes.length !== HASH_BYTES) throw new RangeError(`${what} must be a hash of ${HASH_BYTES} bytes`);
}

function sha256(data: Uint8Array | string): Buffer {
  // By way of 32 characters: a Buffer costs Node as much again as the hash of a node, several times a signature.
  return Buffer.from(hash('sha256', data, 'binary'), 'binary');
}
