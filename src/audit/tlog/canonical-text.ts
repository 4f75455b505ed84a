import { HASH_BYTES } from './hashes.js';
import { MalformedTlogError } from './malformed-tlog-error.js';

/**
 * What the lines of the formats are written with. Each value has one spelling, so that no byte of a file can be changed
 * without a reader noticing. All parsers throw `MalformedTlogError` with the caller's field.
 */

const DECIMAL = /^(0|[1-9]\d{0,15})$/;

/** The number that ASCII digits without leading zeroes spell, up to 2^53 - 1. */
export function parseDecimal(text: string, field: string): number {
  const number = DECIMAL.test(text) ? Number(text) : NaN;
  if (!Number.isSafeInteger(number)) {
    throw new MalformedTlogError(field, `must be a number up to ${Number.MAX_SAFE_INTEGER} without leading zeroes`);
  }
  return number;
}

/** Bytes, at least one, in the base64 of RFC 4648, section 4, padded and without spare bits. */
export function parseBase64(text: string, field: string): Buffer {
  const bytes = Buffer.from(text, 'base64');
  // Node skips what is no base64, so only what it would write itself was base64.
  if (bytes.length === 0 || bytes.toString('base64') !== text) throw new MalformedTlogError(field, 'must be base64');
  return bytes;
}

/** A hash of 32 bytes in base64. */
export function parseHash(text: string, field: string): Buffer {
  const bytes = parseBase64(text, field);
  if (bytes.length !== HASH_BYTES) throw new MalformedTlogError(field, `must be ${HASH_BYTES} bytes in base64`);
  return bytes;
}
