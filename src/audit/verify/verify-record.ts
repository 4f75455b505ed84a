import { leafHash } from '../tlog/hashes.js';
import { AbsentEntries } from './absent-entries.js';
import { CheckedTree } from './checked-tree.js';
import { formOf } from './entry-form.js';
import { Findings, shownEntries, shownNumber } from './finding.js';
import { GivenPromises } from './given-promises.js';
import { GivenProofs } from './given-proofs.js';
import { Heads } from './heads.js';
import { HeldHeads } from './held-heads.js';
import { Misspellings } from './misspellings.js';
import type { GivenEvidence, KeptNotes, RecordReport } from './record-report.js';
import { DamagedRecordError } from './record-source.js';
import type { RecordRow, RecordSource } from './record-source.js';
import { Rollbacks } from './rollbacks.js';
import type { TrustedLog } from './trusted-log.js';

const TOLD_EVERY = 65_536;
/** Entries that can be missing in a row while the places of those behind them are still counted on. */
const MOST_MISSING = 65_536;

/** Reads a record once, from its first entry to its last, and holds it against all that is known of it. */
export class RecordVerification {
  readonly #findings = new Findings();
  readonly #heads: Heads;
  readonly #promises: GivenPromises;
  readonly #proofs: GivenProofs;
  readonly #rollbacks: Rollbacks;
  readonly #tree: CheckedTree;
  readonly #absent = new AbsentEntries();
  readonly #misspellings = new Misspellings();
  readonly #notes: string[] = [];

  constructor(
    private readonly source: RecordSource,
    log: TrustedLog,
    private readonly given: GivenEvidence,
  ) {
    this.#heads = new Heads(log, this.#findings);
    this.#promises = new GivenPromises(given.promises ?? [], log, this.#findings);
    this.#proofs = new GivenProofs(given.proofs ?? [], log, this.#heads, this.#findings);
    this.#rollbacks = new Rollbacks(log);
    this.#tree = new CheckedTree(source.readTile);
  }

  /** To be called once. */
  run(): RecordReport {
    for (const kept of this.given.checkpoints ?? []) this.#takeKept(kept);
    for (const { note, row } of this.source.checkpoints()) {
      this.#heads.add({ note, where: this.source.name, isKept: false }, row);
    }
    if (this.#heads.torn > 0) this.#notes.push(`torn checkpoints that were skipped: ${this.#heads.torn}`);
    const heads = this.#heads.bySize();
    const held = new HeldHeads(heads, this.#tree, this.#rollbacks, this.#findings);
    this.#readEntries(held);
    held.end();
    this.#lookBeside(held);
    const promises = this.#promises.judge(heads, held.covered);
    const proofs = this.#proofs.judge();
    const { kept, own, covered } = held;
    const findings = this.#findings.list();
    const { unread } = this.#absent;
    return { entries: this.#tree.size, kept, own, covered, unread, findings, notes: this.#notes, promises, proofs };
  }

  #takeKept(kept: KeptNotes): void {
    let count = 0;
    for (const note of kept.notes) {
      this.#heads.add({ note, where: kept.where, isKept: true });
      count += 1;
    }
    if (count === 0) {
      this.#findings.add({ kind: 'bad-checkpoint', text: `${kept.where} has no checkpoint` });
    }
    if ((kept.skipped ?? 0) > 0) {
      this.#notes.push(`pieces of ${kept.where} that are no whole checkpoint, skipped: ${kept.skipped}`);
    }
  }

  #readEntries(held: HeldHeads): void {
    held.look();
    try {
      for (const row of this.source.entries()) {
        if (!this.#fillUpTo(row.id, held)) break;
        this.#take(row);
        this.#look(held);
        if (row.id % TOLD_EVERY === 0) this.given.progress?.(row.id);
      }
    } catch (error) {
      if (!(error instanceof DamagedRecordError)) throw error;
      const entry = this.#tree.size + 1;
      this.#findings.add({
        kind: 'unreadable',
        text: `${this.source.name} is damaged: from entry ${shownNumber(entry)} on it cannot be read (${error.message})`,
        firstEntry: entry,
      });
    }
  }

  /** Whether the row comes next. What is missing before it gets a place without an entry. */
  #fillUpTo(id: number, held: HeldHeads): boolean {
    if (id > this.#tree.size + 1) this.#passArchived(id, held);
    const next = this.#tree.size + 1;
    if (id === next) return true;
    if (id < next) {
      const text = `an entry has the id ${id}, which none can have`;
      this.#findings.add({ kind: 'entry-malformed', text });
      return false;
    }
    const isMany = id - next > MOST_MISSING;
    this.#findings.add({
      kind: 'entry-missing',
      text: `${shownEntries(next, id - 1)} missing${isMany ? '; what is behind was not looked at' : ''}`,
      firstEntry: next,
    });
    while (!isMany && this.#tree.size + 1 < id) {
      this.#tree.appendNothing();
      this.#look(held);
    }
    return !isMany;
  }

  /** What is missing may have been archived: its hashes are kept. Whether it was, the record tells further on. */
  #passArchived(id: number, held: HeldHeads): void {
    const first = this.#tree.size + 1;
    while (this.#tree.size + 1 < id && this.#tree.appendKept(this.#seeLeaf)) this.#look(held);
    if (this.#tree.size >= first) this.#absent.add({ first, last: this.#tree.size }, { isRead: false });
  }

  readonly #seeLeaf = (leaf: Buffer, id: number): void => {
    this.#promises.see(leaf, id);
    this.#proofs.see(leaf, id);
  };

  #take({ id, bytes, isArchived }: RecordRow): void {
    if (isArchived === true) this.#absent.add({ first: id, last: id }, { isRead: true });
    if (bytes === undefined) {
      const text = `entry ${shownNumber(id)} is not a text of a length that an entry can have`;
      this.#findings.add({ kind: 'entry-malformed', text, firstEntry: id });
      this.#tree.appendNothing();
      return;
    }
    const { fault, isCanonical, said } = formOf(bytes);
    if (fault !== undefined) {
      this.#findings.add({ kind: 'entry-malformed', text: `entry ${shownNumber(id)} ${fault}`, firstEntry: id });
    } else if (!isCanonical) {
      this.#misspellings.add(id);
    }
    this.#rollbacks.read(id, said);
    this.#absent.hear(id, said);
    this.given.each?.(id, said);
    const leaf = leafHash(bytes);
    this.#seeLeaf(leaf, id);
    this.#tree.append(leaf);
  }

  #look(held: HeldHeads): void {
    held.look();
    if (held.covered === this.#tree.size) this.#misspellings.agreed();
  }

  #lookBeside(held: HeldHeads): void {
    this.#notes.push(...held.notes, ...this.#absent.judge(this.#findings, held.covered));
    for (const fault of this.source.faults()) this.#findings.add({ kind: 'tree-changed', text: fault });
    const { size } = this.#tree;
    const once = this.source.entriesOnce;
    if (once > size && !this.#findings.hasAny('tail-missing') && !this.#findings.hasAny('unreadable')) {
      this.#findings.add({
        kind: 'tail-missing',
        text: `${shownEntries(size + 1, once)} missing at the end: ${this.source.name} itself has had as many`,
        firstEntry: size + 1,
      });
    }
    this.#notes.push(...this.#misspellings.judge(this.#findings));
    const isExplained = this.#findings.hasAny('entry-changed') || this.#findings.hasAny('tail-missing');
    if (held.kept === undefined && held.own === undefined && !isExplained) {
      this.#findings.add({
        kind: 'not-covered',
        text: 'no checkpoint says anything of the entries: nothing was shown',
      });
    }
    const { last } = this.#rollbacks;
    if (last !== undefined && held.newestEpoch < last.epoch) {
      this.#notes.push(
        `entry ${shownNumber(last.entry)} says that a rollback was accepted; under the name ${last.origin} nothing has been ` +
          'signed yet, so nobody vouches for that entry, nor for what is behind it',
      );
    }
  }
}
