import { MalformedTlogError } from './malformed-tlog-error.js';

/** Bytes of a note that are read at most: 100 signatures as large as the largest there are. */
export const MAX_NOTE_BYTES = 1024 * 1024;

// eslint-disable-next-line no-control-regex -- The format forbids exactly these.
const CONTROL_CHARACTER = /[\0-\x09\x0b-\x1f]/;
const KEY_NAME = /^[^\p{White_Space}+]+$/u;

/**
 * The text of a file, which must be UTF-8 without control characters but newlines (signed-note, "Format"), at most
 * `MAX_NOTE_BYTES`. Throws `MalformedTlogError` with the caller's field.
 */
export function decodeNoteText(note: string | Uint8Array, field: string): string {
  const length = typeof note === 'string' ? Buffer.byteLength(note) : note.length;
  if (length > MAX_NOTE_BYTES) throw new MalformedTlogError(field, `must have at most ${MAX_NOTE_BYTES} bytes`);
  const text = typeof note === 'string' ? note : decodeUtf8(note, field);
  if (!isNoteText(text)) throw new MalformedTlogError(field, 'must be text without control characters but newlines');
  return text;
}

/** Whether a note could hold this text: well-formed, without control characters but newlines. */
export function isNoteText(text: string): boolean {
  return text.isWellFormed() && !CONTROL_CHARACTER.test(text);
}

/** Whether a key may have this name: not empty, without Unicode spaces, `+` and control characters. */
export function isKeyName(name: string): boolean {
  return KEY_NAME.test(name) && isNoteText(name);
}

function decodeUtf8(bytes: Uint8Array, field: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new MalformedTlogError(field, 'must be UTF-8');
  }
}
