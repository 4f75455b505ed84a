import { createPublicKey, hash } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { parseBase64 } from './canonical-text.js';
import { MalformedTlogError } from './malformed-tlog-error.js';
import { isKeyName } from './note-text.js';

/** What signs a note (signed-note, "Signature types"): the log, or somebody who saw its checkpoint at a time. */
export type SignatureType = 'ed25519' | 'cosignature/v1';

const TYPE_BYTES: Readonly<Record<SignatureType, number>> = { ed25519: 0x01, 'cosignature/v1': 0x04 };
const ID_BYTES = 4;
const PUBLIC_KEY_BYTES = 32;
const VKEY = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/u;

/** A key that verifies signatures of notes. Its name and id together say whose a signature is. */
export interface VerifierKey {
  /** Of the log, usually its origin, or of a witness. */
  readonly name: string;
  readonly type: SignatureType;
  /** The uint32 before each of its signatures. */
  readonly id: number;
  /** Ed25519 as of RFC 8032, 32 bytes. */
  readonly publicKey: Buffer;
}

/**
 * The key of this name (signed-note, "Ed25519 signatures"; tlog-cosignature, "Format"). Throws a RangeError if the name
 * is empty or has spaces, `+` or control characters, a TypeError if the key is not Ed25519.
 */
export function verifierKey(name: string, type: SignatureType, key: KeyObject): VerifierKey {
  if (!isKeyName(name)) throw new RangeError('name must be neither empty nor hold spaces, + or control characters');
  if (key.asymmetricKeyType !== 'ed25519') throw new TypeError('key must be an Ed25519 key');
  const { x = '' } = (key.type === 'private' ? createPublicKey(key) : key).export({ format: 'jwk' });
  return withId(name, type, Buffer.from(x, 'base64url'));
}

/** The key in a line that people hand around (signed-note, "Verifier keys"): `name+id+key`. */
export function encodeVkey({ name, type, id, publicKey }: VerifierKey): string {
  return `${name}+${keyIdHex(id)}+${keyMaterial(type, publicKey).toString('base64')}`;
}

/**
 * A key of either type from its line. Throws `MalformedTlogError` with the caller's field, also if the id is not that of
 * the name and the key: then one of them was mistyped or replaced.
 */
export function parseVkey(vkey: string, field: string): VerifierKey {
  const [, name = '', idHex = '', base64 = ''] = VKEY.exec(vkey) ?? [];
  if (!isKeyName(name)) throw new MalformedTlogError(field, 'must be a vkey: name+id+key');
  const material = parseBase64(base64, `${field}'s key`);
  const type = (Object.keys(TYPE_BYTES) as SignatureType[]).find((known) => TYPE_BYTES[known] === material[0]);
  if (type === undefined) throw new MalformedTlogError(field, 'must be of type 1 (Ed25519) or 4 (cosignature/v1)');
  if (material.length !== 1 + PUBLIC_KEY_BYTES) {
    throw new MalformedTlogError(field, `must have a key of ${PUBLIC_KEY_BYTES} bytes`);
  }
  const key = withId(name, type, material.subarray(1));
  if (keyIdHex(key.id) !== idHex) throw new MalformedTlogError(field, 'must have the id of its name and key');
  return key;
}

/** A key's id as it is shown: 8 hexadecimal digits. */
export function keyIdHex(id: number): string {
  return id.toString(16).padStart(2 * ID_BYTES, '0');
}

/** The public key as Node verifies with it. */
export function publicKeyObject({ publicKey }: VerifierKey): KeyObject {
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: publicKey.toString('base64url') }, format: 'jwk' });
}

function withId(name: string, type: SignatureType, publicKey: Buffer): VerifierKey {
  const named = Buffer.concat([Buffer.from(`${name}\n`), keyMaterial(type, publicKey)]);
  return { name, type, id: hash('sha256', named, 'buffer').readUInt32BE(), publicKey };
}

function keyMaterial(type: SignatureType, publicKey: Buffer): Buffer {
  return Buffer.concat([Buffer.from([TYPE_BYTES[type]]), publicKey]);
}
