import { parseDecimal, parseHash } from '../tlog/canonical-text.js';
import { MalformedTlogError } from '../tlog/malformed-tlog-error.js';
import { decodeNoteText } from '../tlog/note-text.js';
import { parseNote } from '../tlog/signed-note.js';
import { MAX_GROUP_SIZE, parsePromiseText, valueAfter } from './promise-terms.js';

/** Characters that an encoded promise has at most. */
export const MAX_PROMISE_CHARACTERS = 1024;

/**
 * That one entry of a group will be in the log: the group's promise, and the entry's place in the group. Logs of
 * certificates give a signed certificate timestamp to the same end.
 */
export interface EntryPromise {
  /** Of the entry in its group, from 0 on. It says nothing of where the log will have it. */
  readonly index: number;
  /** The entry's hash: whoever is refused the entry can say what is missing. 32 bytes. */
  readonly leaf: Buffer;
  /** The inclusion proof in the group's tree, from the leaf's sibling up (RFC 6962, 2.1.1): at most 6 hashes. */
  readonly hashes: readonly Buffer[];
  /** The signed note that all entries of the group share. */
  readonly note: string;
}

/** Of the largest group. */
const MOST_HASHES = Math.log2(MAX_GROUP_SIZE);
const SIGNATURE_BYTES = 64;

/**
 * The promise as the value of a header: the index, the leaf, the hashes, an empty line and the note, as base64url without
 * padding (RFC 4648, section 5). It has at most `MAX_PROMISE_CHARACTERS` if `promiseGroup` made it.
 */
export function encodePromise(promise: EntryPromise): string {
  return promiseEncoder(promise.note)(promise);
}

/**
 * `encodePromise` of each promise of a group: what several of them say is encoded once. Throws a RangeError if they have
 * not all the same note.
 */
export function encodePromises(promises: readonly EntryPromise[]): string[] {
  const note = promises[0]?.note ?? '';
  if (promises.some((promise) => promise.note !== note)) throw new RangeError('promises must be of one group');
  return promises.map(promiseEncoder(note));
}

function promiseEncoder(note: string): (promise: EntryPromise) => string {
  const bytes = Buffer.from(note);
  // Three bytes are four characters, so there are three ways in which the note continues what stands before it.
  const rests: string[] = [];
  const texts = new Map<Buffer, string>();
  const textOf = (hash: Buffer): string => {
    const text = texts.get(hash) ?? hash.toString('base64');
    texts.set(hash, text);
    return text;
  };
  return ({ index, leaf, hashes }) => {
    const head = `${[`index ${index}`, `leaf ${textOf(leaf)}`, ...hashes.map(textOf)].join('\n')}\n\n`;
    const taken = (3 - (head.length % 3)) % 3;
    const rest = (rests[taken] ??= bytes.toString('base64url', taken));
    return Buffer.from(head + bytes.toString('latin1', 0, taken), 'latin1').toString('base64url') + rest;
  };
}

/**
 * The promise in a header, of which nothing is verified yet: see `verifyPromise`. There is one spelling of each promise,
 * and it has one signature. Throws `MalformedTlogError` with the caller's field and the line, from 1 on; the lines of the
 * note have numbers of their own.
 */
export function parsePromise(header: string, field: string): EntryPromise {
  const text = decodeNoteText(decodeHeader(header, field), field);
  const division = text.indexOf('\n\n');
  if (division < 0) throw new MalformedTlogError(field, 'must have an empty line before its note');
  const note = text.slice(division + 2);
  const [indexLine = '', leafLine = '', ...hashLines] = text.slice(0, division).split('\n');
  if (hashLines.length > MOST_HASHES) throw new MalformedTlogError(field, `must have at most ${MOST_HASHES} hashes`);
  const promise = {
    index: parseDecimal(valueAfter('index', indexLine, `${field} line 1`), `${field} line 1`),
    leaf: parseHash(valueAfter('leaf', leafLine, `${field} line 2`), `${field} line 2`),
    hashes: hashLines.map((line, at) => parseHash(line, `${field} line ${3 + at}`)),
    note,
  };
  const signed = parseNote(note, `${field} note`);
  const { groupSize } = parsePromiseText(signed.text, `${field} note`);
  const [signature, ...others] = signed.signatures;
  if (signature?.signature.length !== SIGNATURE_BYTES || others.length > 0) {
    throw new MalformedTlogError(`${field} note`, 'must have one signature of Ed25519');
  }
  if (promise.index >= groupSize) throw new MalformedTlogError(`${field} line 1`, 'must be an index of the group');
  return promise;
}

function decodeHeader(header: string, field: string): Buffer {
  if (header.length > MAX_PROMISE_CHARACTERS) {
    throw new MalformedTlogError(field, `must have at most ${MAX_PROMISE_CHARACTERS} characters`);
  }
  const bytes = Buffer.from(header, 'base64url');
  // Node skips what is no base64url, so only what it would write itself was base64url.
  if (bytes.toString('base64url') !== header) throw new MalformedTlogError(field, 'must be base64url without padding');
  return bytes;
}
