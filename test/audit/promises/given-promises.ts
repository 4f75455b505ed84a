import { encodePromises } from '../../../src/audit/promises/entry-promise.js';
import { promiseGroup } from '../../../src/audit/promises/promise-group.js';
import type { GroupPromise } from '../../../src/audit/promises/promise-group.js';
import { leafHash } from '../../../src/audit/tlog/hashes.js';
import { noteSigner } from '../../../src/audit/tlog/note-signatures.js';
import { ORIGIN, privateKeyOf } from '../tlog/given-signers.js';
import { entryOf } from '../tlog/reference-tree.js';

export const promiser = noteSigner(`${ORIGIN}/promises`, 'ed25519', privateKeyOf(6));
export const otherPromiser = noteSigner(`${ORIGIN}/promises`, 'ed25519', privateKeyOf(7));

export const trust = { keys: [promiser.key] };

export const AT = 1_764_382_536_123;
export const DAY = 86_400;

export const given: GroupPromise = {
  origin: ORIGIN,
  atMilliseconds: AT,
  mergeDelaySeconds: DAY,
  signer: promiser,
};

export const leavesOf = (size: number): Buffer[] =>
  Array.from({ length: size }, (_, index) => leafHash(entryOf(index)));

/** The headers of the entries 0 to `size` - 1 of the reference tree, committed together. */
export const headersOf = (size: number, promised: Partial<GroupPromise> = {}): string[] =>
  encodePromises(promiseGroup(leavesOf(size), { ...given, ...promised }));

export const headerOf = (index: number, size: number, promised: Partial<GroupPromise> = {}): string =>
  headersOf(size, promised)[index] ?? '';

export const textOf = (header: string): string => Buffer.from(header, 'base64url').toString();

export const headerWith = (text: string | Uint8Array): string => Buffer.from(text).toString('base64url');
