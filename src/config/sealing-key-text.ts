import { SecretBytes, unmovedBytes, unmovedCopy } from '../crypto/secret-bytes.js';
import { ConfigurationError } from './configuration-error.js';

const KEY_BYTES = 32;

/** 32 random bytes have 30 different values on average, and fewer than 16 less than once in 10^12 draws. */
const LEAST_DIFFERENT_BYTES = 16;

/**
 * Reads a sealing key: 64 hexadecimal digits with or without a line end, or exactly 32 raw bytes.
 *
 * Throws `ConfigurationError` for anything else and for what nobody drew at random: repeated or counting bytes,
 * text in place of raw bytes.
 *
 * @param name the setting that it comes from
 */
export function parseSealingKey(content: Uint8Array, name = 'SEALING_KEY_FILE'): SecretBytes {
  // A copy in either case: the caller overwrites the content, and a Buffer's own slice would share its memory.
  const key = content.length === KEY_BYTES ? unmovedCopy(content) : decodeHexLine(content);
  if (key === undefined) {
    throw new ConfigurationError(
      name,
      'must hold 64 hexadecimal digits or 32 raw bytes, as from: openssl rand -hex 32',
    );
  }
  if (isWeak(key)) {
    throw new ConfigurationError(name, 'holds a placeholder; make a random key: openssl rand -hex 32');
  }
  return new SecretBytes(key);
}

const LINE_ENDS = [[], [0x0a], [0x0d, 0x0a]].map((codes) => Buffer.from(codes));

/** Digit by digit: a text made of it could not be overwritten. */
function decodeHexLine(content: Uint8Array): Uint8Array | undefined {
  if (!LINE_ENDS.some((end) => end.equals(content.subarray(2 * KEY_BYTES)))) return undefined;
  const key = unmovedBytes(KEY_BYTES);
  for (let at = 0; at < KEY_BYTES; at += 1) {
    const [high, low] = [digitOf(content[2 * at]), digitOf(content[2 * at + 1])];
    if (high === undefined || low === undefined) {
      key.fill(0);
      return undefined;
    }
    key[at] = 16 * high + low;
  }
  return key;
}

/** @param code of an ASCII character */
function digitOf(code = 0): number | undefined {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const lower = code | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : undefined;
}

/** Looks at the bytes where they are: in lists and sets they would stay behind. */
function isWeak(key: Uint8Array): boolean {
  const [values, steps] = [new Uint8Array(256), new Uint8Array(256)];
  let isText = true;
  for (const [at, byte] of key.entries()) {
    values[byte] = 1;
    if (at > 0) steps[(256 + byte - (key[at - 1] ?? 0)) % 256] = 1;
    isText &&= byte >= 0x20 && byte < 0x7f;
  }
  return differentIn(values) < LEAST_DIFFERENT_BYTES || differentIn(steps) === 1 || isText;
}

const differentIn = (seen: Uint8Array): number => seen.reduce((sum, one) => sum + one, 0);
