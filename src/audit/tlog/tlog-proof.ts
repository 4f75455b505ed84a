import { parseBase64, parseDecimal, parseHash } from './canonical-text.js';
import { assertHash } from './hashes.js';
import { MalformedTlogError } from './malformed-tlog-error.js';
import { decodeNoteText } from './note-text.js';
import { assertSize } from './subtrees.js';

/** That an entry is in a log, to be kept and verified without asking anybody. The file's name ends in `.tlog-proof`. */
export interface TlogProof {
  /** For whoever uses the format; nothing vouches for it. Not empty. */
  readonly extra?: Buffer;
  /** Of the entry in the log, from 0 on. */
  readonly index: number;
  /** The inclusion proof, from the leaf's sibling up (RFC 6962, 2.1.1). */
  readonly hashes: readonly Buffer[];
  /** The signed note, as the log gave it. */
  readonly checkpoint: string;
}

const HEADER = 'c2sp.org/tlog-proof@v1';
const EXTRA = 'extra ';
const INDEX = 'index ';
/** The longest path of a tree whose size is a safe integer. */
const MOST_HASHES = 53;

/**
 * The proof as a file (tlog-proof, "Format"). The checkpoint is taken as it is; see `encodeNote`. Throws a RangeError for
 * an index that is none, more than 53 hashes, one that has not 32 bytes, or extra data without bytes.
 */
export function encodeTlogProof({ extra, index, hashes, checkpoint }: TlogProof): string {
  assertSize(index, 'index');
  if (hashes.length > MOST_HASHES) throw new RangeError(`hashes must be at most ${MOST_HASHES}`);
  for (const hash of hashes) assertHash(hash, 'each of hashes');
  if (extra?.length === 0) throw new RangeError('extra must have bytes or be left out');
  const lines = [
    HEADER,
    ...(extra === undefined ? [] : [`${EXTRA}${extra.toString('base64')}`]),
    `${INDEX}${index}`,
    ...hashes.map((hash) => hash.toString('base64')),
  ];
  return `${lines.join('\n')}\n\n${checkpoint}`;
}

/**
 * The proof in a file (tlog-proof, "Format"), of which nothing is verified, and the checkpoint not even read: see
 * `verifyTlogProof`. Throws `MalformedTlogError` with the caller's field and the line's number, from 1 on.
 */
export function parseTlogProof(file: string | Uint8Array, field: string): TlogProof {
  const text = decodeNoteText(file, field);
  const division = text.indexOf('\n\n');
  if (division < 0) throw new MalformedTlogError(field, 'must have an empty line before its checkpoint');
  const lines = text.slice(0, division).split('\n');
  const nameOf = (line: number): string => `${field} line ${line}`;

  if (lines[0] !== HEADER) throw new MalformedTlogError(nameOf(1), `must be ${HEADER}`);
  const hasExtra = lines[1]?.startsWith(EXTRA) ?? false;
  const indexAt = hasExtra ? 2 : 1;
  const indexLine = lines[indexAt] ?? '';
  if (!indexLine.startsWith(INDEX)) throw new MalformedTlogError(nameOf(indexAt + 1), 'must be the index of the entry');
  const hashLines = lines.slice(indexAt + 1);
  if (hashLines.length > MOST_HASHES) throw new MalformedTlogError(field, `must have at most ${MOST_HASHES} hashes`);
  return {
    ...(hasExtra ? { extra: parseBase64((lines[1] ?? '').slice(EXTRA.length), nameOf(2)) } : {}),
    index: parseDecimal(indexLine.slice(INDEX.length), nameOf(indexAt + 1)),
    hashes: hashLines.map((line, at) => parseHash(line, nameOf(indexAt + 2 + at))),
    checkpoint: text.slice(division + 2),
  };
}
