import { createHash } from 'node:crypto';
import type { PublicKeyHex } from '../crypto/key-names.js';

/** Of which split keys an answer hands out the user shares. */
export interface ShownKeys {
  /** How many. */
  readonly keys: number;
  /**
   * SHA-256, as 64 hexadecimal digits, of their user keys in lower-case hexadecimal, sorted, each followed by a line feed:
   * `printf '%s\n' KEY … | LC_ALL=C sort | sha256sum`.
   */
  readonly digest: string;
}

/** `undefined` for none: then nothing was handed out. */
export function shownKeys(userPublicKeys: readonly PublicKeyHex[]): ShownKeys | undefined {
  if (userPublicKeys.length === 0) return undefined;
  const text = userPublicKeys
    .toSorted()
    .map((key) => `${key}\n`)
    .join('');
  return { keys: userPublicKeys.length, digest: createHash('sha256').update(text).digest('hex') };
}
