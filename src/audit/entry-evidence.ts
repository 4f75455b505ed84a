import type { Clock } from '../clock/clock.js';
import { DomainError } from '../errors/domain-error.js';
import { encodeEntryId } from './entry-id.js';
import type { OpenedLog } from './log/open-log.js';
import { encodePromises } from './promises/entry-promise.js';
import { promiseGroup } from './promises/promise-group.js';
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

/** Gives evidence of entries (docs/adr/0045). */
export class EntryEvidence {
  constructor(
    private readonly checkpoints: { readonly log: Pick<OpenedLog, 'epoch' | 'promises'> },
    private readonly clock: Clock,
  ) {}

  /**
   * Evidence of entries that are durable, at most 64, with one signature for all. To be called after the commit: what
   * is promised and then undone convicts an honest log. It never throws.
   *
   * @returns for each the evidence; `undefined` where the entry is unknown; `AUDIT.NO_EVIDENCE`, to be told instead of
   *   an answer, where it is lost, or nothing can be promised
   */
  of(entries: readonly EarlierEntry[]): readonly (Evidence | DomainError | undefined)[] {
    try {
      const promises = this.#promisesOf(entries.filter((entry) => typeof entry !== 'string'));
      return entries.map((entry) => (typeof entry === 'string' ? withoutEntry(entry) : promises.get(entry)));
    } catch (cause) {
      return entries.map(() => noEvidence(cause));
    }
  }

  #promisesOf(entries: readonly RecordedEntry[]): ReadonlyMap<RecordedEntry, Evidence> {
    if (entries.length === 0) return new Map();
    const { epoch, promises: signer } = this.checkpoints.log;
    const leaves = entries.map(({ text }) => leafHash(text));
    const terms = { atMilliseconds: this.clock.nowMilliseconds(), mergeDelaySeconds: MERGE_DELAY_SECONDS };
    const promises = encodePromises(promiseGroup(leaves, { origin: epoch.origin, signer, ...terms }));
    return new Map(
      promises.map((promise, index) => {
        const entry = entries[index];
        if (entry === undefined) throw new Error('a promise is of no entry');
        return [entry, { entry: encodeEntryId(entry), promise }];
      }),
    );
  }
}

function withoutEntry(why: 'lost' | 'unknown'): DomainError | undefined {
  return why === 'unknown' ? undefined : noEvidence(new Error('the entry of an earlier decision is lost'));
}

function noEvidence(cause: unknown): DomainError {
  const message = 'what was decided is recorded, but no evidence of it can be given; send the same request again';
  return new DomainError('AUDIT.NO_EVIDENCE', message, { cause });
}
