import { randomFillSync } from 'node:crypto';
import { unmovedBytes } from './secret-bytes.js';

/** A source of `length` fresh, uniformly random bytes in an array of their own, which the caller may overwrite. */
export type RandomBytes = (length: number) => Uint8Array;

/** The operating system's generator. */
export const systemRandomBytes: RandomBytes = (length) => randomFillSync(unmovedBytes(length));
