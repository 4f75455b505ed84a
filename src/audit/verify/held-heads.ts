import type { CheckedTree } from './checked-tree.js';
import { shownEntries, shownNumber } from './finding.js';
import type { Findings } from './finding.js';
import type { Head } from './heads.js';
import { LostHeads } from './lost-heads.js';
import type { Rollbacks } from './rollbacks.js';

/** A head whose tree is not the one over the entries, and how many entries were known to be good before it. */
interface FailedHead {
  readonly head: Head;
  readonly good: number;
  /** The first entry that is not what its kept hash says; nobody vouches for that hash. */
  readonly firstDifferent: number | undefined;
}

/** Of a record that was changed early, nearly all fail. */
const MOST_FAILED = 1_000;

/** Holds the tree of the entries against each checkpoint, at its size, as the tree grows. */
export class HeldHeads {
  #next = 0;
  #failed: FailedHead[] = [];
  #kept: Head | undefined;
  #own: Head | undefined;
  #newestEpoch = -1;
  readonly #lost: LostHeads;

  /** @param heads by their sizes */
  constructor(
    private readonly heads: readonly Head[],
    private readonly tree: CheckedTree,
    private readonly rollbacks: Rollbacks,
    private readonly findings: Findings,
  ) {
    this.#lost = new LostHeads(findings);
  }

  /** What rollbacks have lost and the record tells of. */
  get notes(): Iterable<string> {
    return this.#lost.notes;
  }

  /** The largest checkpoint kept elsewhere that the entries agree with. */
  get kept(): Head | undefined {
    return this.#kept;
  }

  /** The same of the record's own ones. */
  get own(): Head | undefined {
    return this.#own;
  }

  /** How many entries any checkpoint covers. */
  get covered(): number {
    return Math.max(this.#kept?.size ?? 0, this.#own?.size ?? 0);
  }

  /** The latest name of the log under which a checkpoint agrees; -1 if none does. */
  get newestEpoch(): number {
    return this.#newestEpoch;
  }

  /** To be called whenever the tree has grown by one, and once before. */
  look(): void {
    for (let head = this.heads[this.#next]; head?.size === this.tree.size; head = this.heads[this.#next]) {
      this.#next += 1;
      const rollback = this.rollbacks.lossOf(head);
      if (rollback === undefined) this.#hold(head);
      else this.#lost.judge(head, rollback);
    }
  }

  /** To be called when all entries were read. */
  end(): void {
    let missing: Head | undefined;
    for (const head of this.heads.slice(this.#next)) {
      const rollback = this.rollbacks.lossOf(head);
      if (rollback === undefined) missing = head;
      else this.#lost.judge(head, rollback);
    }
    this.#tellFailed();
    if (missing === undefined) return;
    const { size } = this.tree;
    const good = this.#goodBefore(missing);
    const unsure =
      good < size ? `; ${shownEntries(good + 1, size)} behind the last one that agrees may be others too` : '';
    this.findings.add({
      kind: 'tail-missing',
      text:
        `${shownEntries(size + 1, missing.size)} missing at the end: the checkpoint in ${missing.where} has ` +
        `${shownNumber(missing.size)} entries${unsure}${this.#unknownName(missing)}`,
      firstEntry: good + 1,
      ...(good === size ? {} : { lastEntry: size + 1 }),
    });
  }

  /** What a kept checkpoint convicts, one of the record's own does not acquit. */
  #goodBefore(head: Head): number {
    return head.isKept ? (this.#kept?.size ?? 0) : this.covered;
  }

  #hold(head: Head): void {
    const comparison = this.tree.compare(head.root);
    if (comparison.holds) {
      for (const { first, last } of comparison.tiles) {
        this.findings.add({
          kind: 'tree-changed',
          text: `the kept hash of ${shownEntries(first, last)} is not theirs`,
        });
      }
      this.#pass(head);
      return;
    }
    if (comparison.changed.length === 0) {
      if (this.#failed.length === MOST_FAILED) return;
      this.#failed.push({ head, good: this.#goodBefore(head), firstDifferent: this.tree.firstDifferent });
      return;
    }
    for (const changed of comparison.changed) {
      const first = Math.max(changed.first, this.#goodBefore(head) + 1);
      const last = Math.min(changed.last, head.size);
      if (this.findings.has(first) && first === last) continue;
      this.findings.add({
        kind: 'entry-changed',
        text:
          first === last
            ? `entry ${shownNumber(first)} is not the one that the checkpoint in ${head.where} was signed over`
            : `of ${shownEntries(first, last)} at least one is not the one that the checkpoint in ${head.where} was signed over`,
        firstEntry: first,
        ...(first === last ? {} : { lastEntry: last }),
      });
    }
    this.#pass(head);
  }

  #pass(head: Head): void {
    const resolved = this.#failed.filter((failed) => head.isKept || !failed.head.isKept);
    for (const { head: other } of resolved) {
      this.findings.add({
        kind: 'two-heads',
        text:
          `the log has signed two histories: its checkpoint of ${shownNumber(other.size)} entries in ${other.where}, and ` +
          `that of ${shownNumber(head.size)} in ${head.where}, which agrees with the entries`,
      });
    }
    if (resolved.length > 0) this.#failed = this.#failed.filter((failed) => !resolved.includes(failed));
    if (head.isKept) this.#kept = head;
    if (head.isOwn) this.#own = head;
    this.#newestEpoch = Math.max(this.#newestEpoch, head.epoch);
  }

  /** The first one that was kept elsewhere, else the first one: what is behind it says no more. */
  #tellFailed(): void {
    const failed = this.#failed.find(({ head }) => head.isKept) ?? this.#failed[0];
    if (failed === undefined) return;
    const { head, good, firstDifferent } = failed;
    if (this.findings.hasWithin(good + 1, head.size)) return;
    const hint =
      firstDifferent === undefined || firstDifferent <= good || firstDifferent > head.size
        ? ''
        : `; the first that differs from its own kept hash is entry ${shownNumber(firstDifferent)}`;
    this.findings.add({
      kind: 'entry-changed',
      text:
        `${shownEntries(good + 1, head.size)}: at least one of them is not what the checkpoint in ${head.where} was ` +
        `signed over${hint}${this.#unknownName(head)}`,
      firstEntry: good + 1,
      ...(good + 1 === head.size ? {} : { lastEntry: head.size }),
    });
    const own = this.#own;
    if (!head.isKept || own === undefined || own.size < head.size || own.epoch < head.epoch) return;
    this.findings.add({
      kind: 'two-heads',
      text:
        `the record's own checkpoint of ${shownNumber(own.size)} entries agrees with what was changed, so the ` +
        "log's key has signed both histories",
    });
  }

  #unknownName({ origin, epoch }: Head): string {
    return epoch > (this.rollbacks.last?.epoch ?? 0)
      ? `; the record knows nothing of the name ${origin}: an older copy was put in its place`
      : '';
  }
}
