import { shownEntries, shownNumber } from './finding.js';
import type { Findings } from './finding.js';
import type { Head } from './heads.js';
import { lossAsTold } from './rollbacks.js';
import type { Rollback } from './rollbacks.js';

/** Judges checkpoints of which the record has lost entries, against the rollback by which it says that it has. */
export class LostHeads {
  readonly #notes = new Set<string>();

  constructor(private readonly findings: Findings) {}

  /** What is lost and was told. */
  get notes(): Iterable<string> {
    return this.#notes;
  }

  judge(head: Head, rollback: Rollback): void {
    const { entry, lost } = rollback;
    const lostEntries = shownEntries(entry, Math.max(head.size, entry));
    const ofName = `under the name ${head.origin}`;
    switch (lossAsTold(head, rollback)) {
      case 'told':
        this.#notes.add(
          `entry ${shownNumber(entry)} tells of a rollback: what was recorded ${ofName} from ${shownEntries(entry, entry)} ` +
            `on is lost, up to ${shownNumber(lost.size)} entries`,
        );
        return;
      case 'hidden':
        this.findings.add({
          kind: 'rollback-hidden',
          text:
            `${lostEntries} ${ofName} lost: the checkpoint in ${head.where} has ${shownNumber(head.size)}, and the ` +
            `rollback that entry ${shownNumber(entry)} tells of names only ${shownNumber(lost.size)}`,
          firstEntry: entry,
          lastEntry: head.size,
        });
        return;
      case 'told otherwise':
        this.findings.add({
          kind: 'two-heads',
          text:
            `the log ${head.origin} has two different trees of ${shownNumber(head.size)} entries: one that the checkpoint ` +
            `in ${head.where} was signed over, and one that entry ${shownNumber(entry)} says was lost`,
        });
    }
  }
}
