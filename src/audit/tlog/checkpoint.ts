import { parseDecimal, parseHash } from './canonical-text.js';
import { assertHash } from './hashes.js';
import { MalformedTlogError } from './malformed-tlog-error.js';
import { decodeNoteText, isNoteText } from './note-text.js';
import { assertSize } from './subtrees.js';

/** What a log says of itself at one time: how many entries it has and what their tree's root is. */
export interface Checkpoint {
  /** Which log: a URL without scheme, by convention. */
  readonly origin: string;
  /** How many entries. */
  readonly size: number;
  /** Of the tree of RFC 6962 of that size. 32 bytes. */
  readonly root: Buffer;
}

/** As others may write it. */
export interface ReadCheckpoint extends Checkpoint {
  /** What follows the three lines. We write none, and they mean nothing to us, but they are signed with the rest. */
  readonly extensionLines: readonly string[];
}

/**
 * The text of a note that says it (tlog-checkpoint, "Note text"), without extension lines. Throws a RangeError for an
 * origin that is empty or has control characters, for what is no size, or a root that has not 32 bytes.
 */
export function encodeCheckpoint({ origin, size, root }: Checkpoint): string {
  if (origin === '' || origin.includes('\n') || !isNoteText(origin)) {
    throw new RangeError('origin must be one line, not empty, without control characters');
  }
  assertSize(size, 'size');
  assertHash(root, 'root');
  return `${origin}\n${size}\n${root.toString('base64')}\n`;
}

/**
 * What the text of a note says (tlog-checkpoint, "Note text"); extension lines, which the format discourages, pass if
 * they are not empty. Throws `MalformedTlogError` with the caller's field and the line's number, from 1 on.
 */
export function parseCheckpoint(text: string, field: string): ReadCheckpoint {
  decodeNoteText(text, field);
  if (!text.endsWith('\n')) throw new MalformedTlogError(field, 'must end in a newline');
  const [origin = '', size = '', root = '', ...extensionLines] = text.slice(0, -1).split('\n');
  if (origin === '') throw new MalformedTlogError(`${field} line 1`, 'must be an origin');
  const checkpoint = {
    origin,
    size: parseDecimal(size, `${field} line 2`),
    root: parseHash(root, `${field} line 3`),
    extensionLines,
  };
  const empty = extensionLines.indexOf('');
  if (empty >= 0) throw new MalformedTlogError(`${field} line ${4 + empty}`, 'must not be empty');
  return checkpoint;
}
