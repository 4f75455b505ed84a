import type { LogName, TrustedLog } from '../../audit/verify/trusted-log.js';
import { KeptNotesFile } from '../../audit/verify/kept-notes-file.js';
import type { KeptNotes } from '../../audit/verify/record-report.js';
import { MalformedTlogError } from '../../audit/tlog/malformed-tlog-error.js';
import { parseCheckpoint } from '../../audit/tlog/checkpoint.js';
import { parseNote } from '../../audit/tlog/signed-note.js';
import { verifyCheckpoint } from '../../audit/tlog/verify-checkpoint.js';

/** A checkpoint that the log has signed. */
export interface SignedSize {
  readonly origin: string;
  readonly epoch: number;
  readonly size: number;
}

/**
 * Those checkpoints of a file that a copy can be held against. Most files of them are newer than any copy: what tells of
 * entries that the copy has not yet, or of a later name of the log, says nothing against it.
 */
export class KeptCheckpoints implements KeptNotes {
  #file: KeptNotesFile;

  constructor(
    readonly where: string,
    private readonly log: TrustedLog,
    private readonly copy: { readonly epoch: number; readonly entries: number },
  ) {
    this.#file = new KeptNotesFile(where);
  }

  get skipped(): number {
    return this.#file.skipped;
  }

  /** Throws what the file system says. */
  get notes(): Iterable<string> {
    return this.#read();
  }

  /**
   * The newest that the log has signed, and whether there is nothing but what the copy has not yet: then the file is to be
   * left aside. Throws what the file system says.
   */
  survey(): { readonly newest: SignedSize | undefined; readonly isAllBehind: boolean } {
    let newest: SignedSize | undefined;
    let [all, behind] = [0, 0];
    for (const note of new KeptNotesFile(this.where).notes) {
      const signed = this.#signed(note);
      all += 1;
      if (this.#isBehindTheCopy(signed)) behind += 1;
      if (signed !== undefined && isNewer(signed, newest)) newest = signed;
    }
    return { newest, isAllBehind: all > 0 && all === behind };
  }

  *#read(): Iterable<string> {
    this.#file = new KeptNotesFile(this.where);
    for (const note of this.#file.notes) {
      // What is not signed stays, for the verifier to say so.
      if (!this.#isBehindTheCopy(this.#signed(note))) yield note;
    }
  }

  #isBehindTheCopy(signed: SignedSize | undefined): boolean {
    return signed !== undefined && (signed.epoch > this.copy.epoch || signed.size > this.copy.entries);
  }

  #signed(note: string): SignedSize | undefined {
    const name = this.#nameIn(note);
    if (name === undefined) return undefined;
    const verdict = verifyCheckpoint(note, { log: name.checkpoints, origin: name.origin });
    return verdict.holds ? { origin: name.origin, epoch: name.epoch, size: verdict.checkpoint.size } : undefined;
  }

  #nameIn(note: string): LogName | undefined {
    try {
      return this.log.named(parseCheckpoint(parseNote(note, this.where).text, this.where).origin);
    } catch (error) {
      if (error instanceof MalformedTlogError) return undefined;
      throw error;
    }
  }
}

/** Whether one of a later name, or a larger one of the same. */
export function isNewer(one: SignedSize, other: SignedSize | undefined): boolean {
  const { epoch, size } = other ?? { epoch: -1, size: 0 };
  return one.epoch === epoch ? one.size > size : one.epoch > epoch;
}
