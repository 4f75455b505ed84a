import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { closeSync, existsSync, fstatSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { StartError } from '../../errors/start-error.js';
import { parseBase64 } from '../tlog/canonical-text.js';
import { MalformedTlogError } from '../tlog/malformed-tlog-error.js';
import { noteSigner } from '../tlog/note-signatures.js';
import type { NoteSigner } from '../tlog/note-signatures.js';
import { isKeyName } from '../tlog/note-text.js';
import { keyIdHex } from '../tlog/verifier-key.js';

/**
 * The private key of a witness in a file of one line, as Go writes keys of notes: `PRIVATE+KEY+name+id+key`, the key being
 * the type (4, cosignature/v1) and 32 bytes in base64. The name is kept with it, since signatures bear it.
 */
const LINE = /^PRIVATE\+KEY\+([^+]+)\+([0-9a-f]{8})\+(\S+)\n$/u;
const TYPE = 0x04;
const KEY_BYTES = 32;

/** What goes before an Ed25519 key's bytes in PKCS #8 (RFC 8410, section 7). */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');

const OTHERS = 0o077;

export function hasWitnessKey(file: string): boolean {
  return existsSync(file);
}

/** The key in the file. Throws `StartError` when it cannot be read, is none, or others than its owner can read it. */
export function readWitnessKey(file: string): NoteSigner {
  const [, name = '', idHex = '', base64 = ''] = LINE.exec(readPrivately(file)) ?? [];
  try {
    const material = parseBase64(base64, 'key');
    if (material.length === 1 + KEY_BYTES && material[0] === TYPE && isKeyName(name)) {
      const signer = noteSigner(name, 'cosignature/v1', keyOf(material.subarray(1)));
      if (keyIdHex(signer.key.id) === idHex) return signer;
    }
  } catch (error) {
    if (!(error instanceof MalformedTlogError)) throw error;
  }
  throw new StartError(`--key: ${file} does not hold the key of a witness`);
}

/** Makes a key and its file, with mode 0600, durably. Throws `StartError` when there is one, or it cannot be written. */
export function makeWitnessKey(file: string, name: string): NoteSigner {
  if (!isKeyName(name)) throw new StartError('--name must be one word without +, such as witness.example/w1');
  const signer = noteSigner(name, 'cosignature/v1', generateKeyPairSync('ed25519').privateKey);
  const { d = '' } = signer.privateKey.export({ format: 'jwk' });
  const material = Buffer.concat([Buffer.of(TYPE), Buffer.from(d, 'base64url')]);
  const opened = orRefuse(`--key: ${file} cannot be made`, () => openSync(file, 'wx', 0o600));
  try {
    writeSync(opened, `PRIVATE+KEY+${name}+${keyIdHex(signer.key.id)}+${material.toString('base64')}\n`);
    fsyncSync(opened);
  } finally {
    closeSync(opened);
  }
  return signer;
}

function readPrivately(file: string): string {
  const opened = orRefuse(`--key: ${file} cannot be read`, () => openSync(file, 'r'));
  try {
    if ((fstatSync(opened).mode & OTHERS) !== 0) {
      throw new StartError(`--key: ${file} can be read by others than its owner: chmod 600 it, or make another key`);
    }
    return readFileSync(opened, 'utf8');
  } finally {
    closeSync(opened);
  }
}

function orRefuse<T>(what: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw new StartError(`${what} (${(error as NodeJS.ErrnoException).code ?? 'unknown error'})`, { cause: error });
  }
}

function keyOf(bytes: Buffer): KeyObject {
  return createPrivateKey({ key: Buffer.concat([PKCS8, bytes]), format: 'der', type: 'pkcs8' });
}
