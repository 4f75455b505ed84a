import { parseDecimal, parseHash } from './canonical-text.js';
import { assertHash } from './hashes.js';
import { MalformedTlogError } from './malformed-tlog-error.js';
import { decodeNoteText } from './note-text.js';
import { assertSize } from './subtrees.js';

/** What a log sends a witness to have a checkpoint cosigned. */
export interface AddCheckpoint {
  /** Of the log's checkpoint that the witness cosigned last, 0 if there is none. */
  readonly oldSize: number;
  /** That the new tree begins with the old one (RFC 6962, 2.1.2). */
  readonly proof: readonly Buffer[];
  /** The new one, a signed note. */
  readonly checkpoint: string;
}

/** The type of an answer that holds the size of what was cosigned last (tlog-witness, "add-checkpoint"). */
export const SIZE_TYPE = 'text/x.tlog.size';

const OLD = 'old ';
/** By the protocol. */
const MOST_HASHES = 63;

/**
 * The body of the request (tlog-witness, "add-checkpoint"). Throws a RangeError for an old size that is none, more than 63
 * hashes, or one that has not 32 bytes.
 */
export function encodeAddCheckpoint({ oldSize, proof, checkpoint }: AddCheckpoint): string {
  assertSize(oldSize, 'oldSize');
  if (proof.length > MOST_HASHES) throw new RangeError(`proof must have at most ${MOST_HASHES} hashes`);
  for (const hash of proof) assertHash(hash, 'each of proof');
  return `${[`${OLD}${oldSize}`, ...proof.map((hash) => hash.toString('base64'))].join('\n')}\n\n${checkpoint}`;
}

/**
 * What a body asks for (tlog-witness, "add-checkpoint"), of which nothing is verified, and the checkpoint not even read:
 * see `judgeCheckpoint`. Throws `MalformedTlogError` with the caller's field and the line's number, from 1 on.
 */
export function parseAddCheckpoint(body: string | Uint8Array, field: string): AddCheckpoint {
  const text = decodeNoteText(body, field);
  const division = text.indexOf('\n\n');
  if (division < 0) throw new MalformedTlogError(field, 'must have an empty line before its checkpoint');
  const [old = '', ...hashes] = text.slice(0, division).split('\n');
  if (!old.startsWith(OLD)) throw new MalformedTlogError(`${field} line 1`, 'must be the old size');
  if (hashes.length > MOST_HASHES) throw new MalformedTlogError(field, `must have at most ${MOST_HASHES} hashes`);
  return {
    oldSize: parseDecimal(old.slice(OLD.length), `${field} line 1`),
    proof: hashes.map((line, at) => parseHash(line, `${field} line ${2 + at}`)),
    checkpoint: text.slice(division + 2),
  };
}
