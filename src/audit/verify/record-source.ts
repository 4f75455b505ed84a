import type { Checkpoint } from '../tlog/checkpoint.js';
import type { ReadTile } from './kept-level.js';

/** An entry as it is kept. */
export interface RecordRow {
  readonly id: number;
  /** `undefined` when it is not a text, or longer than any tree of this kind may hold. */
  readonly bytes: Buffer | undefined;
  /** Whether the database has it no longer, and it was read elsewhere. */
  readonly isArchived?: true;
}

/** A checkpoint that comes with the record. */
export interface OwnNote {
  readonly note: string | Uint8Array;
  /** What is kept beside it, if anything is. */
  readonly row?: Pick<Checkpoint, 'origin' | 'size'>;
}

/** Where a record is read from, whoever made it: none of what it gives has been verified. */
export interface RecordSource {
  /** For people, of its checkpoints: `the database`. */
  readonly name: string;
  /** Once, by id. Throws `DamagedRecordError` where they cannot be read on. */
  entries(): Iterable<RecordRow>;
  checkpoints(): Iterable<OwnNote>;
  readonly readTile: ReadTile;
  /** How many entries there were at least, as far as something beside them tells; 0 if nothing does. */
  readonly entriesOnce: number;
  /** What is wrong with what is kept beside the entries, in sentences. */
  faults(): Iterable<string>;
}

/** What was to be verified cannot be looked at: it says nothing of whether it is sound. */
export class CannotVerifyError extends Error {
  override readonly name = 'CannotVerifyError';
}

/** What was to be verified is damaged from here on. */
export class DamagedRecordError extends Error {
  override readonly name = 'DamagedRecordError';
}
