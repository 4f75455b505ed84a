import { verifyPromiseAlone } from '../promises/verify-promise.js';
import type { VerifiedPromise } from '../promises/verify-promise.js';
import { parsePromise } from '../promises/entry-promise.js';
import { parsePromiseText } from '../promises/promise-terms.js';
import { whatBecameOf } from '../promises/what-became-of.js';
import type { PromiseState } from '../promises/what-became-of.js';
import { parseNote } from '../tlog/signed-note.js';
import { verdictOf } from '../tlog/verify-note.js';
import { shownNumber } from './finding.js';
import type { Findings } from './finding.js';
import type { Head } from './heads.js';
import type { TrustedLog } from './trusted-log.js';

/** A promise as its header has it, and where it was kept. */
export interface GivenPromise {
  readonly header: string;
  readonly where: string;
}

/** What became of it. `not shown`: it is not there, and when that was, nobody has said. */
export interface JudgedPromise {
  readonly where: string;
  readonly state: PromiseState | 'bad' | 'not shown';
  /** Which entry it is, if the record has it. */
  readonly entry?: number;
}

interface Promised extends GivenPromise {
  readonly promise: VerifiedPromise;
  readonly epoch: number;
  /** The first place in the record that has it. */
  entry?: number;
}

/** Looks for entries that were promised while the record is read. */
export class GivenPromises {
  readonly #promised = new Map<string, Promised[]>();
  readonly #bad: JudgedPromise[] = [];

  constructor(
    given: readonly GivenPromise[],
    private readonly log: TrustedLog,
    private readonly findings: Findings,
  ) {
    for (const one of given) this.#take(one);
  }

  see(leaf: Buffer, entry: number): void {
    if (this.#promised.size === 0) return;
    for (const promised of this.#promised.get(leaf.toString('latin1')) ?? []) promised.entry ??= entry;
  }

  /**
   * To be called when all entries were read.
   *
   * @param covered how many of them a checkpoint covers
   */
  judge(heads: readonly Head[], covered: number): readonly JudgedPromise[] {
    const judged = [...this.#promised.values()].flat().map((promised): JudgedPromise => {
      const { where, entry } = promised;
      const state = this.#stateOf(promised, heads, covered);
      this.#tell(promised, state);
      return entry === undefined ? { where, state } : { where, state, entry };
    });
    return [...this.#bad, ...judged];
  }

  #take({ header, where }: GivenPromise): void {
    const verdict = verdictOf<{ promise: VerifiedPromise; epoch: number }>(() => {
      const { origin } = parsePromiseText(parseNote(parsePromise(header, 'promise').note, 'promise').text, 'promise');
      const name = this.log.named(origin);
      if (name === undefined || name.promises.length === 0) {
        return { holds: false, why: `it is of another log (${origin})` };
      }
      const verified = verifyPromiseAlone(header, { keys: name.promises, origin });
      return verified.holds ? { holds: true, promise: verified, epoch: name.epoch } : verified;
    });
    if (!verdict.holds) {
      this.findings.add({ kind: 'bad-promise', text: `the promise in ${where} is none of this log: ${verdict.why}` });
      this.#bad.push({ where, state: 'bad' });
      return;
    }
    const { promise, epoch } = verdict;
    const leaf = promise.leaf.toString('latin1');
    this.#promised.set(leaf, [...(this.#promised.get(leaf) ?? []), { header, where, promise, epoch }]);
  }

  #stateOf({ promise, epoch, entry }: Promised, heads: readonly Head[], covered: number): JudgedPromise['state'] {
    const index = entry === undefined ? undefined : entry - 1;
    const isBroken = heads.some(
      ({ timestampSeconds, ...head }) =>
        timestampSeconds !== undefined &&
        head.epoch >= epoch &&
        // A log that goes on under another name has not got rid of what it promised.
        whatBecameOf(promise, { checkpoint: { ...head, origin: promise.origin }, timestampSeconds, index }) ===
          'broken',
    );
    if (isBroken) return 'broken';
    if (index !== undefined) return index < covered ? 'kept' : 'open';
    return this.log.knowsTimes ? 'open' : 'not shown';
  }

  #tell({ where, entry, promise }: Promised, state: JudgedPromise['state']): void {
    const deadline = new Date(promise.deadlineMilliseconds).toISOString();
    if (state === 'broken') {
      const what = entry === undefined ? 'is not in the record' : `came too late, as entry ${shownNumber(entry)}`;
      this.findings.add({
        kind: 'promise-broken',
        text: `the promise in ${where} was broken: its entry ${what}, and should have been by ${deadline}`,
        ...(entry === undefined ? {} : { firstEntry: entry }),
      });
    }
    if (state !== 'not shown') return;
    this.findings.add({
      kind: 'promise-not-kept',
      text:
        `the promise in ${where} was not kept up to here: its entry is not in the record, and should be by ${deadline}; ` +
        'give the key for times to know whether that was over',
    });
  }
}
