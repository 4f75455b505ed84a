import { parseBase64 } from './canonical-text.js';
import { MalformedTlogError } from './malformed-tlog-error.js';
import { MAX_NOTE_BYTES, decodeNoteText, isKeyName, isNoteText } from './note-text.js';

/** Signatures of a note that are read at most. The format demands at least 16. */
export const MAX_SIGNATURES = 100;

const SIGNATURE_LINE = /^— ([^ ]+) ([^ ]+)$/u;
const ID_BYTES = 4;

/** A line below a note. Nothing is known of it before it was verified. */
export interface NoteSignature {
  readonly keyName: string;
  readonly keyId: number;
  /** What follows the id: of Ed25519 64 bytes, of a cosignature 8 more before them. */
  readonly signature: Buffer;
}

/** A text and who claims to have signed it (signed-note, "Format"). */
export interface SignedNote {
  /** With its last newline, which is signed too. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

/**
 * The note as a file (signed-note, "Format"). Throws a RangeError if no reader would take it: a text that does not end in
 * a newline or holds control characters, no signature or more than `MAX_SIGNATURES`, a key's name that none can have, a
 * signature without bytes, or over `MAX_NOTE_BYTES`.
 */
export function encodeNote({ text, signatures }: SignedNote): string {
  if (!text.endsWith('\n') || !isNoteText(text)) {
    throw new RangeError('text must end in a newline and hold no other control characters');
  }
  if (signatures.length < 1 || signatures.length > MAX_SIGNATURES) {
    throw new RangeError(`signatures must be 1 to ${MAX_SIGNATURES}`);
  }
  const note = `${text}\n${signatures.map(encodeSignatureLine).join('')}`;
  if (Buffer.byteLength(note) > MAX_NOTE_BYTES) throw new RangeError(`a note must be at most ${MAX_NOTE_BYTES} bytes`);
  return note;
}

/** One line below a note, with its newline (signed-note, "Signatures"). Throws as `encodeNote` does. */
export function encodeSignatureLine({ keyName, keyId, signature }: NoteSignature): string {
  if (!isKeyName(keyName)) throw new RangeError('keyName must be neither empty nor hold spaces, + or controls');
  if (signature.length === 0) throw new RangeError('signature must have bytes');
  const id = Buffer.alloc(ID_BYTES);
  id.writeUInt32BE(keyId);
  return `— ${keyName} ${Buffer.concat([id, signature]).toString('base64')}\n`;
}

/**
 * The note in a file, of which nothing is verified yet. Throws `MalformedTlogError` with the caller's field, and the
 * line, from 1 on, that is no signature.
 */
export function parseNote(note: string | Uint8Array, field: string): SignedNote {
  const file = decodeNoteText(note, field);
  // The text may have empty lines; the last one is not part of it.
  const division = file.lastIndexOf('\n\n');
  if (division < 0) throw new MalformedTlogError(field, 'must have an empty line before its signatures');
  const text = file.slice(0, division + 1);
  const signatures = parseSignatureLines(file.slice(division + 2), field, text.split('\n').length + 1);
  if (signatures.length === 0) throw new MalformedTlogError(field, 'must have a signature');
  return { text, signatures };
}

/**
 * Lines of signatures alone, as a witness answers them (tlog-witness, "add-checkpoint"); none if the text is empty.
 * Throws `MalformedTlogError` with the caller's field and the line's number; the first is `firstLine`.
 */
export function parseSignatureLines(lines: string, field: string, firstLine = 1): NoteSignature[] {
  if (lines === '') return [];
  if (!lines.endsWith('\n')) throw new MalformedTlogError(field, 'must end in a newline');
  const split = lines.slice(0, -1).split('\n');
  if (split.length > MAX_SIGNATURES) {
    throw new MalformedTlogError(field, `must have at most ${MAX_SIGNATURES} signatures`);
  }
  return split.map((line, at) => parseSignatureLine(line, `${field} line ${firstLine + at}`));
}

function parseSignatureLine(line: string, field: string): NoteSignature {
  const [, keyName = '', base64 = ''] = SIGNATURE_LINE.exec(line) ?? [];
  if (!isKeyName(keyName)) throw new MalformedTlogError(field, 'must be a signature: — name base64');
  const bytes = parseBase64(base64, field);
  if (bytes.length <= ID_BYTES) throw new MalformedTlogError(field, 'must have a signature after the id of its key');
  return { keyName, keyId: bytes.readUInt32BE(), signature: bytes.subarray(ID_BYTES) };
}
