import type { Clock } from '../clock/clock.js';
import { DomainError } from '../errors/domain-error.js';
import { encodeEntryId } from './entry-id.js';
import type { OpenedLog } from './log/open-log.js';
import { encodePromises } from './promises/entry-promise.js';
import { promiseGroupAside } from './promises/promise-group.js';
import { MAX_GROUP_SIZE } from './promises/promise-terms.js';
import type { EarlierEntry, RecordedEntry } from './recorded-entry.js';
import { leafHash } from './tlog/hashes.js';

/** What whoever a decision is about can keep, to show later that the record must tell of it. */
export interface Evidence {
  /** The entry's id: see `encodeEntryId`. */
  readonly entry: string;
  /** That the log will have the entry: see `encodePromise`. */
  readonly promise: string;
}

/** The maximum merge delay: as long an outage of the log does not convict anybody. */
export const MERGE_DELAY_SECONDS = 86_400;

/** Entries of which evidence is asked for together. */
interface Asked {
  readonly entries: readonly RecordedEntry[];
  readonly give: (evidence: readonly (Evidence | DomainError)[]) => void;
}

/**
 * Gives evidence of entries (docs/adr/0045). The signatures are made aside, one after the other: whoever asks while one is
 * under way waits for the next, which is for all of them. Only a full group need not wait.
 */
export class EntryEvidence {
  #waiting: readonly Asked[] = [];
  #signing = 0;

  constructor(
    private readonly checkpoints: { readonly log: Pick<OpenedLog, 'epoch' | 'promises'> },
    private readonly clock: Clock,
  ) {}

  /**
   * Evidence of entries that are durable, at most 64, with one signature for all and for others who wait. To be called
   * after the commit: what is promised and then undone convicts an honest log. It neither throws nor rejects.
   *
   * @returns for each the evidence; `undefined` where the entry is unknown; `AUDIT.NO_EVIDENCE`, to be told instead of
   *   an answer, where it is lost, or nothing can be promised
   */
  async of(entries: readonly EarlierEntry[]): Promise<readonly (Evidence | DomainError | undefined)[]> {
    const known = entries.filter((entry) => typeof entry !== 'string');
    const given = known.length === 0 ? [] : await this.#ask(known);
    let next = 0;
    return entries.map((entry) => (typeof entry === 'string' ? withoutEntry(entry) : given[next++]));
  }

  #ask(entries: readonly RecordedEntry[]): Promise<readonly (Evidence | DomainError)[]> {
    return new Promise((give) => {
      this.#waiting = [...this.#waiting, { entries, give }];
      this.#sign();
    });
  }

  /** As long as nothing is signed, or more wait than one signature is for. */
  #sign(): void {
    while (this.#waiting.length > 0) {
      const { group, isFull } = firstGroup(this.#waiting);
      if (this.#signing > 0 && !isFull) return;
      this.#waiting = this.#waiting.slice(group.length);
      void this.#give(group);
    }
  }

  async #give(group: readonly Asked[]): Promise<void> {
    const entries = entriesOf(group);
    this.#signing += 1;
    const evidence = await this.#evidenceOf(entries).catch((cause: unknown) => entries.map(() => noEvidence(cause)));
    this.#signing -= 1;
    // The next signature is made while these are answered.
    this.#sign();
    let given = 0;
    for (const one of group) one.give(evidence.slice(given, (given += one.entries.length)));
  }

  async #evidenceOf(entries: readonly RecordedEntry[]): Promise<readonly Evidence[]> {
    const { epoch, promises: signer } = this.checkpoints.log;
    const leaves = entries.map(({ text }) => leafHash(text));
    const terms = { atMilliseconds: this.clock.nowMilliseconds(), mergeDelaySeconds: MERGE_DELAY_SECONDS };
    const promises = encodePromises(await promiseGroupAside(leaves, { origin: epoch.origin, signer, ...terms }));
    return entries.map((entry, index) => {
      const promise = promises[index];
      if (promise === undefined) throw new Error('an entry has no promise');
      return { entry: encodeEntryId(entry), promise };
    });
  }
}

/** As many from the first on as one signature is for, and whether it is for no more. */
function firstGroup(waiting: readonly Asked[]): { readonly group: readonly Asked[]; readonly isFull: boolean } {
  let [count, size] = [0, 0];
  for (const { entries } of waiting) {
    if (count > 0 && size + entries.length > MAX_GROUP_SIZE) return { group: waiting.slice(0, count), isFull: true };
    count += 1;
    size += entries.length;
  }
  return { group: waiting, isFull: size >= MAX_GROUP_SIZE };
}

function entriesOf(group: readonly Asked[]): readonly RecordedEntry[] {
  return group.flatMap(({ entries }) => entries);
}

function withoutEntry(why: 'lost' | 'unknown'): DomainError | undefined {
  return why === 'unknown' ? undefined : noEvidence(new Error('the entry of an earlier decision is lost'));
}

function noEvidence(cause: unknown): DomainError {
  const message = 'what was decided is recorded, but no evidence of it can be given; send the same request again';
  return new DomainError('AUDIT.NO_EVIDENCE', message, { cause });
}
