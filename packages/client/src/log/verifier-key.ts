import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes } from '@noble/hashes/utils.js';
import { utf8 } from '../hex.js';
import { isKeyName, parseBase64 } from './canonical-text.js';
import { MalformedTlogError } from './malformed-tlog-error.js';

/** What signs a note (signed-note, "Signature types"): the log, or somebody who saw its checkpoint at a time. */
export type SignatureType = 'ed25519' | 'cosignature/v1';

const TYPES: Readonly<Record<number, SignatureType>> = { 1: 'ed25519', 4: 'cosignature/v1' };
const PUBLIC_KEY_BYTES = 32;
const VKEY = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/u;

/** A key that verifies signatures of notes. Its name and id together say whose a signature is. */
export interface VerifierKey {
  readonly name: string;
  readonly type: SignatureType;
  /** The uint32 before each of its signatures. */
  readonly id: number;
  /** Ed25519 as of RFC 8032, 32 bytes. */
  readonly publicKey: Uint8Array;
}

/**
 * A key from the line that people hand around (signed-note, "Verifier keys"): `name+id+key`. Throws `MalformedTlogError`
 * with the caller's field, also if the id is not that of the name and the key.
 */
export function parseVkey(vkey: string, field: string): VerifierKey {
  const [, name = '', idHex = '', base64 = ''] = VKEY.exec(vkey) ?? [];
  if (!isKeyName(name)) throw new MalformedTlogError(field, 'must be a vkey: name+id+key');
  const material = parseBase64(base64, `${field}'s key`);
  const type = TYPES[material[0] ?? 0];
  if (type === undefined) throw new MalformedTlogError(field, 'must be of type 1 (Ed25519) or 4 (cosignature/v1)');
  if (material.length !== 1 + PUBLIC_KEY_BYTES) {
    throw new MalformedTlogError(field, `must have a key of ${PUBLIC_KEY_BYTES} bytes`);
  }
  const id = uint32(sha256(concatBytes(utf8(`${name}\n`), material)));
  if (keyIdHex(id) !== idHex) throw new MalformedTlogError(field, 'must have the id of its name and key');
  return { name, type, id, publicKey: material.subarray(1) };
}

/** A key's id as it is shown: 8 hexadecimal digits. */
export function keyIdHex(id: number): string {
  return id.toString(16).padStart(8, '0');
}

/** The first four bytes, big-endian. */
export function uint32(bytes: Uint8Array): number {
  return new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0);
}
