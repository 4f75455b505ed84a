import type { EntryRange } from './checked-tree.js';
import type { Finding } from './finding.js';
import type { GivenPromise, JudgedPromise } from './given-promises.js';
import type { GivenProof, JudgedProof } from './given-proofs.js';
import type { Head } from './heads.js';

/** Checkpoints that somebody kept elsewhere. */
export interface KeptNotes {
  /** For people: a file. */
  readonly where: string;
  readonly notes: Iterable<string>;
  /** Pieces that are no whole note, as far as `notes` have been read. */
  readonly skipped?: number;
}

/** What the caller has kept of the log, and wants it held against. */
export interface GivenEvidence {
  readonly checkpoints?: readonly KeptNotes[];
  readonly promises?: readonly GivenPromise[];
  readonly proofs?: readonly GivenProof[];
  /** The folder of an export that has the texts of entries which the database has no longer. */
  readonly archive?: string | undefined;
  /** Hears what each entry says that has the form of one. */
  readonly each?: (entry: number, said: Readonly<Record<string, unknown>>) => void;
  /** Hears now and then how many entries have been read. */
  readonly progress?: (entries: number) => void;
}

/** What was seen. The record holds if nothing was found. */
export interface RecordReport {
  readonly entries: number;
  /** The largest checkpoint kept elsewhere, and the record's own one, that the entries agree with. */
  readonly kept: Head | undefined;
  readonly own: Head | undefined;
  /** How many entries one of both covers. */
  readonly covered: number;
  /** Those whose texts were not read, since they were archived. */
  readonly unread: readonly EntryRange[];
  /** By the first bad entry. */
  readonly findings: readonly Finding[];
  /** What is to be known and is no fault. */
  readonly notes: readonly string[];
  readonly promises: readonly JudgedPromise[];
  readonly proofs: readonly JudgedProof[];
}
