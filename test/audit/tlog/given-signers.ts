import { createPrivateKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { noteSigner } from '../../../src/audit/tlog/note-signatures.js';

/** An Ed25519 key that is the same in every run: its seed is this byte 32 times. */
export function privateKeyOf(byte: number): KeyObject {
  // RFC 8410: what stands before the seed in PKCS #8.
  const prefix = Buffer.from('302e020100300506032b657004220420', 'hex');
  return createPrivateKey({ key: Buffer.concat([prefix, Buffer.alloc(32, byte)]), format: 'der', type: 'pkcs8' });
}

export const ORIGIN = 'kms.example/log';

export const log = noteSigner(ORIGIN, 'ed25519', privateKeyOf(1));
export const oldLog = noteSigner(ORIGIN, 'ed25519', privateKeyOf(2));
export const stranger = noteSigner('elsewhere.example', 'ed25519', privateKeyOf(3));
export const witness = noteSigner('witness.example/w1', 'cosignature/v1', privateKeyOf(4));
export const otherWitness = noteSigner('witness.example/w2', 'cosignature/v1', privateKeyOf(5));
