import { parseDecimal, parseHash } from '../tlog/canonical-text.js';
import { assertHash } from '../tlog/hashes.js';
import { MalformedTlogError } from '../tlog/malformed-tlog-error.js';
import { isKeyName } from '../tlog/note-text.js';

/** Entries that one signature can promise: as many as one transaction commits. */
export const MAX_GROUP_SIZE = 64;

/** Bytes of a log's origin, so that every promise fits into `MAX_PROMISE_CHARACTERS`. */
export const MAX_ORIGIN_BYTES = 93;

/** What is signed: that the entries of a group, all of them, will be in the log. */
export interface PromiseTerms {
  /** Which log: a URL without scheme, by convention. As a key's name without spaces and `+`; at most 93 bytes. */
  readonly origin: string;
  /** How many entries are promised together, 1 to 64. */
  readonly groupSize: number;
  /** Of the tree of RFC 6962 over their leaves, in the group's own order. 32 bytes. */
  readonly root: Buffer;
  /** When it was given, since 1970. */
  readonly atMilliseconds: number;
  /** In how many seconds from then on, at least 1, the log will have them: the maximum merge delay of RFC 6962. */
  readonly mergeDelaySeconds: number;
}

/**
 * Says what the text is, so that its signature means nothing else. It has spaces: no key has such a name, and so by
 * default no log has it for its origin. Nor is line 3 a root, as it is in every checkpoint.
 */
const FIRST_LINE = 'split-key-kms audit promise v1';

const ORIGIN = `must be an origin without spaces and + of at most ${MAX_ORIGIN_BYTES} bytes`;
const GROUP_SIZE = `must be 1 to ${MAX_GROUP_SIZE}`;
const MERGE_DELAY = 'must be at least 1 and end at a time that can be written';

/** What the key must be named that promises for a log. It is never the log's own, nor the one that cosigns. */
export function promiseKeyName(origin: string): string {
  return `${origin}/promises`;
}

/** By when the log will have the entries, this millisecond included, since 1970. */
export function deadlineMilliseconds({ atMilliseconds, mergeDelaySeconds }: PromiseTerms): number {
  return atMilliseconds + mergeDelaySeconds * 1000;
}

/** The text of a note that says it. Throws a RangeError that names the part that `parsePromiseText` would not read. */
export function encodePromiseText(terms: PromiseTerms): string {
  const { origin, groupSize, root, atMilliseconds, mergeDelaySeconds } = terms;
  if (!isOrigin(origin)) throw new RangeError(`origin ${ORIGIN}`);
  if (!isGroupSize(groupSize)) throw new RangeError(`groupSize ${GROUP_SIZE}`);
  assertHash(root, 'root');
  if (!Number.isSafeInteger(atMilliseconds) || atMilliseconds < 0) {
    throw new RangeError('atMilliseconds must be a whole number of milliseconds');
  }
  if (!hasDeadline(terms)) throw new RangeError(`mergeDelaySeconds ${MERGE_DELAY}`);
  const lines = [
    FIRST_LINE,
    origin,
    `leaves ${groupSize}`,
    `root ${root.toString('base64')}`,
    `at_ms ${atMilliseconds}`,
    `merge_delay_s ${mergeDelaySeconds}`,
  ];
  return `${lines.join('\n')}\n`;
}

/** What the text of a note promises. Throws `MalformedTlogError` with the caller's field and the line, from 1 on. */
export function parsePromiseText(text: string, field: string): PromiseTerms {
  if (!text.endsWith('\n')) throw new MalformedTlogError(field, 'must end in a newline');
  const lines = text.slice(0, -1).split('\n');
  const [firstLine, origin = '', groupSize = '', root = '', at = '', mergeDelay = '', ...rest] = lines;
  const nameOf = (line: number): string => `${field} line ${line}`;
  if (firstLine !== FIRST_LINE) throw new MalformedTlogError(nameOf(1), `must be ${FIRST_LINE}`);
  if (!isOrigin(origin)) throw new MalformedTlogError(nameOf(2), ORIGIN);
  const terms = {
    origin,
    groupSize: parseDecimal(valueAfter('leaves', groupSize, nameOf(3)), nameOf(3)),
    root: parseHash(valueAfter('root', root, nameOf(4)), nameOf(4)),
    atMilliseconds: parseDecimal(valueAfter('at_ms', at, nameOf(5)), nameOf(5)),
    mergeDelaySeconds: parseDecimal(valueAfter('merge_delay_s', mergeDelay, nameOf(6)), nameOf(6)),
  };
  if (!isGroupSize(terms.groupSize)) throw new MalformedTlogError(nameOf(3), GROUP_SIZE);
  if (!hasDeadline(terms)) throw new MalformedTlogError(nameOf(6), MERGE_DELAY);
  if (rest.length > 0) throw new MalformedTlogError(field, 'must have 6 lines');
  return terms;
}

/** What stands after the name in a line of both. Throws `MalformedTlogError` unless it is this name. */
export function valueAfter(name: string, line: string, field: string): string {
  if (!line.startsWith(`${name} `)) throw new MalformedTlogError(field, `must be ${name} and its value`);
  return line.slice(name.length + 1);
}

function isOrigin(origin: string): boolean {
  return isKeyName(origin) && Buffer.byteLength(origin) <= MAX_ORIGIN_BYTES;
}

function isGroupSize(size: number): boolean {
  return Number.isSafeInteger(size) && size >= 1 && size <= MAX_GROUP_SIZE;
}

function hasDeadline(terms: PromiseTerms): boolean {
  const { mergeDelaySeconds } = terms;
  const isDelay = Number.isSafeInteger(mergeDelaySeconds) && mergeDelaySeconds >= 1;
  return isDelay && Number.isSafeInteger(deadlineMilliseconds(terms));
}
