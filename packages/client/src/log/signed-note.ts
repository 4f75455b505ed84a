import { isKeyName, noteText, parseBase64 } from './canonical-text.js';
import { MalformedTlogError } from './malformed-tlog-error.js';
import { uint32 } from './verifier-key.js';

/** Signatures of a note that are read at most. The format demands at least 16. */
const MAX_SIGNATURES = 100;
const SIGNATURE_LINE = /^— ([^ ]+) ([^ ]+)$/u;
const ID_BYTES = 4;

/** A line below a note. Nothing is known of it before it was verified. */
export interface NoteSignature {
  readonly keyName: string;
  readonly keyId: number;
  /** What follows the id: of Ed25519 64 bytes, of a cosignature 8 more before them. */
  readonly signature: Uint8Array;
}

/** A text, with its last newline, and who claims to have signed it (signed-note, "Format"). */
export interface SignedNote {
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

/** The note in a file, of which nothing is verified yet. Throws `MalformedTlogError` with the field and the line. */
export function parseNote(note: string, field: string): SignedNote {
  const file = noteText(note, field);
  // The text may have empty lines; the last one is not part of it.
  const division = file.lastIndexOf('\n\n');
  if (division < 0) throw new MalformedTlogError(field, 'must have an empty line before its signatures');
  const text = file.slice(0, division + 1);
  const lines = file.slice(division + 2);
  if (lines === '') throw new MalformedTlogError(field, 'must have a signature');
  if (!lines.endsWith('\n')) throw new MalformedTlogError(field, 'must end in a newline');
  const split = lines.slice(0, -1).split('\n');
  if (split.length > MAX_SIGNATURES) {
    throw new MalformedTlogError(field, `must have at most ${MAX_SIGNATURES} signatures`);
  }
  const firstLine = text.split('\n').length + 1;
  return { text, signatures: split.map((line, at) => parseSignature(line, `${field} line ${firstLine + at}`)) };
}

function parseSignature(line: string, field: string): NoteSignature {
  const [, keyName = '', base64 = ''] = SIGNATURE_LINE.exec(line) ?? [];
  if (!isKeyName(keyName)) throw new MalformedTlogError(field, 'must be a signature: — name base64');
  const bytes = parseBase64(base64, field);
  if (bytes.length <= ID_BYTES) throw new MalformedTlogError(field, 'must have a signature after the id of its key');
  return { keyName, keyId: uint32(bytes), signature: bytes.subarray(ID_BYTES) };
}
