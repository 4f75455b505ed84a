import { utf8 } from '../hex.js';
import { HASH_BYTES } from './hashes.js';
import { MalformedTlogError } from './malformed-tlog-error.js';

/**
 * What the lines of the formats are written with. Each value has one spelling, so that no byte of a file can be changed
 * without a reader noticing. All parsers throw `MalformedTlogError` with the caller's field.
 */

const DECIMAL = /^(0|[1-9]\d{0,15})$/;
/** Bytes of a note that are read at most. */
const MAX_NOTE_BYTES = 1024 * 1024;
// eslint-disable-next-line no-control-regex -- The format forbids exactly these.
const CONTROL_CHARACTER = /[\0-\x09\x0b-\x1f]/;
const KEY_NAME = /^[^\p{White_Space}+]+$/u;

/** The number that ASCII digits without leading zeroes spell, up to 2^53 - 1. */
export function parseDecimal(text: string, field: string): number {
  const number = DECIMAL.test(text) ? Number(text) : Number.NaN;
  if (!Number.isSafeInteger(number)) {
    throw new MalformedTlogError(field, `must be a number up to ${Number.MAX_SAFE_INTEGER} without leading zeroes`);
  }
  return number;
}

/** Bytes, at least one, in the base64 of RFC 4648, section 4, padded and without spare bits. */
export function parseBase64(text: string, field: string): Uint8Array {
  const bytes = base64Bytes(text);
  if (bytes.length === 0 || toBase64(bytes) !== text) throw new MalformedTlogError(field, 'must be base64');
  return bytes;
}

/** Bytes in base64url without padding, in its one spelling. */
export function parseBase64Url(text: string, field: string): Uint8Array {
  const padded = text
    .replaceAll('-', '+')
    .replaceAll('_', '/')
    .padEnd(Math.ceil(text.length / 4) * 4, '=');
  const bytes = /^[A-Za-z0-9_-]*$/.test(text) ? base64Bytes(padded) : new Uint8Array();
  if (toBase64(bytes) !== padded) {
    throw new MalformedTlogError(field, 'must be base64url without padding');
  }
  return bytes;
}

/** A hash of 32 bytes in base64. */
export function parseHash(text: string, field: string): Uint8Array {
  const bytes = parseBase64(text, field);
  if (bytes.length !== HASH_BYTES) throw new MalformedTlogError(field, `must be ${HASH_BYTES} bytes in base64`);
  return bytes;
}

/** What stands after the name in a line of both. */
export function valueAfter(name: string, line: string, field: string): string {
  if (!line.startsWith(`${name} `)) throw new MalformedTlogError(field, `must be ${name} and its value`);
  return line.slice(name.length + 1);
}

/** The text, if a note could hold it: at most 1 MiB, well-formed, without control characters but newlines. */
export function noteText(text: string, field: string): string {
  if (utf8(text).length > MAX_NOTE_BYTES)
    throw new MalformedTlogError(field, `must have at most ${MAX_NOTE_BYTES} bytes`);
  if (!isNoteText(text)) throw new MalformedTlogError(field, 'must be text without control characters but newlines');
  return text;
}

/** Whether a key may have this name: not empty, without Unicode spaces, `+` and control characters. */
export function isKeyName(name: string): boolean {
  return KEY_NAME.test(name) && isNoteText(name);
}

export function decodeUtf8(bytes: Uint8Array, field: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new MalformedTlogError(field, 'must be UTF-8');
  }
}

function isNoteText(text: string): boolean {
  return text.isWellFormed() && !CONTROL_CHARACTER.test(text);
}

function base64Bytes(text: string): Uint8Array {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    return new Uint8Array();
  }
}

function toBase64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}
