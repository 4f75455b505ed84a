import type { Statements } from '../../database/statements.js';
import { StartError } from '../../errors/start-error.js';
import { parseCheckpoint } from '../tlog/checkpoint.js';
import type { Checkpoint } from '../tlog/checkpoint.js';
import { MalformedTlogError } from '../tlog/malformed-tlog-error.js';
import { parseNote } from '../tlog/signed-note.js';
import { verifyCheckpoint } from '../tlog/verify-checkpoint.js';
import type { VerifierKey } from '../tlog/verifier-key.js';
import { rootAt } from '../tree/record-tree.js';
import { CheckpointFile } from './checkpoint-file.js';
import { epochNumberIn, readEpochs } from './epochs.js';
import type { Epoch } from './epochs.js';

/** A checkpoint that somebody kept, and where it was found. */
export interface KnownHead {
  readonly note: string;
  /** For the operator, as `AUDIT_CHECKPOINT_FILE (/kept/checkpoints)`. */
  readonly where: string;
}

/** The last checkpoint in the file, `AUDIT_CHECKPOINT_FILE`; `undefined` when there is none. */
export function knownHead(file: string | undefined): KnownHead | undefined {
  if (file === undefined) return undefined;
  const note = new CheckpointFile(file).newest();
  return note === undefined ? undefined : { note, where: `AUDIT_CHECKPOINT_FILE (${file})` };
}

/** How a head is written in one word: `SIZE:ROOT`, the root in base64. */
export function headOf({ size, root }: Pick<Checkpoint, 'size' | 'root'>): string {
  return `${size}:${root.toString('base64')}`;
}

/** What a note says, whoever signed it. Throws `StartError`. */
export function readHead({ note, where }: KnownHead): Checkpoint {
  try {
    return parseCheckpoint(parseNote(note, where).text, where);
  } catch (error) {
    if (!(error instanceof MalformedTlogError)) throw error;
    throw new StartError(`${where}: its last checkpoint cannot be read`);
  }
}

const ANEW = 'whoever begins anew moves that file away';

/** How a database stands to a checkpoint that is known. */
export type Standing = 'goes on from it' | 'is older' | 'is another' | 'is of another log';

/**
 * Whether a database goes on from a checkpoint. A head of an epoch before the present one was accepted with it.
 *
 * @param epochs of the database, at least one
 */
export function standingTo(head: Checkpoint, epochs: readonly Epoch[], statements: Statements): Standing {
  const [first, last] = [epochs[0], epochs.at(-1)];
  if (first === undefined || last === undefined) throw new Error('a log that has not begun stands to nothing');
  const number = epochNumberIn(head.origin, first.origin);
  if (number === undefined) return 'is of another log';
  if (number < last.number) return 'goes on from it';
  if (number > last.number || head.size > countEntries(statements)) return 'is older';
  return rootAt(head.size, statements).equals(head.root) ? 'goes on from it' : 'is another';
}

/**
 * Refuses a database that does not go on from what is known of it: an older copy, or one whose record was changed, in
 * which what was revoked since then may sign again. Throws `StartError`.
 *
 * @param key that signs the log's checkpoints
 */
export function refuseRollback(known: KnownHead, key: VerifierKey, statements: Statements): void {
  const head = readHead(known);
  const { where } = known;
  const accept =
    'restore the newest copy; if that is lost, what was revoked or restricted since then signs again, and ' +
    `npm run accept-rollback -- ${headOf(head)} says so in the record`;
  const standing = standingTo(head, readEpochs(statements), statements);
  switch (standing) {
    case 'is of another log':
      throw new StartError(`${where}: its last checkpoint is of another log (${head.origin})`);
    case 'is older':
      throw new StartError(
        `the database is older than the last checkpoint in ${where}, which has ${head.size} entries: ${accept}; ${ANEW}`,
      );
    case 'is another':
      throw new StartError(
        `the record is not what the last checkpoint in ${where} says of its first ${head.size} entries: ${accept}`,
      );
    case 'goes on from it':
      if (head.origin === key.name) refuseForgery(known, key);
  }
}

function refuseForgery({ note, where }: KnownHead, key: VerifierKey): void {
  const verdict = verifyCheckpoint(note, { log: [key] });
  if (verdict.holds) return;
  throw new StartError(`${where}: its last checkpoint is not signed by this log (${verdict.why}); ${ANEW}`);
}

const COUNT_ENTRIES = 'SELECT coalesce(max(id), 0) AS size FROM audit_entries';

/** How many entries the record has. */
export function countEntries(statements: Statements): number {
  return statements.first<{ size: number }>(COUNT_ENTRIES)?.size ?? 0;
}
