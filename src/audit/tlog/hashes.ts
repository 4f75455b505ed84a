import { hash } from 'node:crypto';

/** Bytes of each hash of the tree: SHA-256. */
export const HASH_BYTES = 32;

// RFC 6962, 2.1. What begins with 0 is an entry and what begins with 1 is two hashes, so neither passes for the other.
const LEAF = Buffer.from([0x00]);
const NODE = Buffer.from([0x01]);

/** The hash of an entry, which is a leaf of the tree (RFC 6962, 2.1). 32 bytes. */
export function leafHash(entry: Uint8Array): Buffer {
  return sha256([LEAF, entry]);
}

/**
 * The hash of a node from those of its two children (RFC 6962, 2.1). 32 bytes. Throws a RangeError unless both are of
 * 32 bytes, since otherwise two pairs could have the same hash.
 */
export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  assertHash(left, 'left');
  assertHash(right, 'right');
  return sha256([NODE, left, right]);
}

/** The root of the tree without entries: the hash of nothing (RFC 6962, 2.1). */
export function emptyRoot(): Buffer {
  return sha256([]);
}

/** Throws a RangeError that names `what` unless it is of 32 bytes. */
export function assertHash(bytes: Uint8Array, what: string): void {
  if (bytes.length !== HASH_BYTES) throw new RangeError(`${what} must be a hash of ${HASH_BYTES} bytes`);
}

function sha256(parts: readonly Uint8Array[]): Buffer {
  return hash('sha256', Buffer.concat(parts), 'buffer');
}
