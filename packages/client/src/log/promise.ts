import { utf8 } from '../hex.js';
import {
  decodeUtf8,
  isKeyName,
  noteText,
  parseBase64Url,
  parseDecimal,
  parseHash,
  valueAfter,
} from './canonical-text.js';
import { equalBytes, leafHash } from './hashes.js';
import { verifyInclusion } from './inclusion.js';
import { MalformedTlogError } from './malformed-tlog-error.js';
import { verdictOf, verifyNote } from './note.js';
import type { Verdict } from './note.js';
import { parseNote } from './signed-note.js';
import type { VerifierKey } from './verifier-key.js';

const FIRST_LINE = 'split-key-kms audit promise v1';
const MAX_PROMISE_CHARACTERS = 1024;
const MAX_ORIGIN_BYTES = 93;
const MAX_GROUP_SIZE = 64;
const SIGNATURE_BYTES = 64;

/** Whom the verifier trusts. It is for the caller to say, never for the promise. */
export interface PromiseTrust {
  /** Keys that promise for logs, of the type ed25519; several while they change. */
  readonly keys: readonly VerifierKey[];
  /** The log that is asked about. By default the one for which the key that signed is named. */
  readonly origin?: string;
}

/** That one entry will be in the log: ADR 42 of the service. */
export interface VerifiedPromise {
  readonly origin: string;
  /** When it was given, as the log says, since 1970. */
  readonly atMilliseconds: number;
  readonly mergeDelaySeconds: number;
  /** By when the log will have the entry, this millisecond included. */
  readonly deadlineMilliseconds: number;
  /** The entry's hash, which is to look for in the log. 32 bytes. */
  readonly leaf: Uint8Array;
}

interface PromiseTerms {
  readonly origin: string;
  readonly groupSize: number;
  readonly root: Uint8Array;
  readonly atMilliseconds: number;
  readonly mergeDelaySeconds: number;
}

/**
 * Whether the header `X-Audit-Promise` promises the entry with exactly these bytes; without an entry whether it promises
 * any, which is then `leaf`. Throws a RangeError if the trust has no key or one of another type, never because of the
 * header or the entry.
 */
export function verifyPromise(header: string, trust: PromiseTrust, entry?: Uint8Array): Verdict<VerifiedPromise> {
  if (trust.keys.length === 0 || trust.keys.some(({ type }) => type !== 'ed25519')) {
    throw new RangeError('keys must be of the type ed25519, at least one');
  }
  return verdictOf<VerifiedPromise>(() => {
    const { index, leaf, hashes, note } = parsePromise(header);
    const verdict = verifyNote(note, trust.keys);
    if (!verdict.holds) return verdict;
    const { origin, groupSize: size, root, atMilliseconds, mergeDelaySeconds } = parseTerms(verdict.text);
    const isOfTheLog = verdict.signatures.some(({ key }) => key.name === `${origin}/promises`);
    if (!isOfTheLog || (trust.origin !== undefined && trust.origin !== origin)) {
      return { holds: false, why: 'promise note line 2 is the origin of another log' };
    }
    if (!verifyInclusion({ leaf, index, size, root }, hashes)) {
      return { holds: false, why: 'promise does not lead from its leaf at its index to the root of its group' };
    }
    if (entry !== undefined && !equalBytes(leaf, leafHash(entry))) {
      return { holds: false, why: 'promise line 2 is the hash of another entry' };
    }
    const deadlineMilliseconds = atMilliseconds + mergeDelaySeconds * 1000;
    return { holds: true, origin, atMilliseconds, mergeDelaySeconds, deadlineMilliseconds, leaf };
  });
}

function parsePromise(header: string): {
  readonly index: number;
  readonly leaf: Uint8Array;
  readonly hashes: readonly Uint8Array[];
  readonly note: string;
} {
  if (header.length > MAX_PROMISE_CHARACTERS) {
    throw new MalformedTlogError('promise', `must have at most ${MAX_PROMISE_CHARACTERS} characters`);
  }
  const text = noteText(decodeUtf8(parseBase64Url(header, 'promise'), 'promise'), 'promise');
  const division = text.indexOf('\n\n');
  if (division < 0) throw new MalformedTlogError('promise', 'must have an empty line before its note');
  const note = text.slice(division + 2);
  const [indexLine = '', leafLine = '', ...hashLines] = text.slice(0, division).split('\n');
  if (hashLines.length > Math.log2(MAX_GROUP_SIZE)) {
    throw new MalformedTlogError('promise', `must have at most ${Math.log2(MAX_GROUP_SIZE)} hashes`);
  }
  const promise = {
    index: parseDecimal(valueAfter('index', indexLine, 'promise line 1'), 'promise line 1'),
    leaf: parseHash(valueAfter('leaf', leafLine, 'promise line 2'), 'promise line 2'),
    hashes: hashLines.map((line, at) => parseHash(line, `promise line ${3 + at}`)),
    note,
  };
  const { text: terms, signatures } = parseNote(note, 'promise note');
  const { groupSize } = parseTerms(terms);
  const [signature, ...others] = signatures;
  if (signature?.signature.length !== SIGNATURE_BYTES || others.length > 0) {
    throw new MalformedTlogError('promise note', 'must have one signature of Ed25519');
  }
  if (promise.index >= groupSize) throw new MalformedTlogError('promise line 1', 'must be an index of the group');
  return promise;
}

function parseTerms(text: string): PromiseTerms {
  const lines = text.slice(0, -1).split('\n');
  const [firstLine, origin = '', groupSize = '', root = '', at = '', mergeDelay = '', ...rest] = lines;
  const nameOf = (line: number): string => `promise note line ${line}`;
  if (firstLine !== FIRST_LINE) throw new MalformedTlogError(nameOf(1), `must be ${FIRST_LINE}`);
  if (!isKeyName(origin) || utf8(origin).length > MAX_ORIGIN_BYTES) {
    throw new MalformedTlogError(
      nameOf(2),
      `must be an origin without spaces and + of at most ${MAX_ORIGIN_BYTES} bytes`,
    );
  }
  const terms = {
    origin,
    groupSize: parseDecimal(valueAfter('leaves', groupSize, nameOf(3)), nameOf(3)),
    root: parseHash(valueAfter('root', root, nameOf(4)), nameOf(4)),
    atMilliseconds: parseDecimal(valueAfter('at_ms', at, nameOf(5)), nameOf(5)),
    mergeDelaySeconds: parseDecimal(valueAfter('merge_delay_s', mergeDelay, nameOf(6)), nameOf(6)),
  };
  if (terms.groupSize < 1 || terms.groupSize > MAX_GROUP_SIZE) {
    throw new MalformedTlogError(nameOf(3), `must be 1 to ${MAX_GROUP_SIZE}`);
  }
  if (terms.mergeDelaySeconds < 1 || !Number.isSafeInteger(terms.atMilliseconds + terms.mergeDelaySeconds * 1000)) {
    throw new MalformedTlogError(nameOf(6), 'must be at least 1 and end at a time that can be written');
  }
  if (rest.length > 0) throw new MalformedTlogError('promise note', 'must have 6 lines');
  return terms;
}
