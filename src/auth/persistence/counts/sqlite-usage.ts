import type { SigningDecisions } from '../../../audit/signing-decisions.js';
import type { SigningSubject } from '../../../audit/signing-entry.js';
import type { CountScope } from '../../../restrictions/limits/count-scope.js';
import type { Count, Counter, Tally, Usage } from '../../../restrictions/limits/usage.js';
import { SIGNING_ACTIONS } from '../../signing/signing-actions.js';
import { countOne, newestOf, standingAt, whenFirst } from './count-rows.js';
import type { Standing } from './count-rows.js';
import type { CountTables } from './count-tables.js';
import { countersOf, keepNewest } from './counters.js';
import type { CounterState } from './counters.js';

const NOTHING: Tally = { valueSas: 0n, count: 0 };

/** A split key, as the record and the tables of counts know it. */
export interface CountedShare extends Pick<SigningSubject, 'clientId' | 'publicKeyHex'> {
  readonly id: string;
}

interface OpenCounter {
  readonly state: CounterState;
  newest: Standing | undefined;
}

/**
 * What a split key has signed, read from the running totals when it is asked for, each question by one look into a key.
 * It belongs to the transaction, or the read, whose statements it has: what is committed later it may see in part.
 *
 * Throws where a scope is asked for that is not counted: a limit without its sums would allow anything. And `RECORD.ALTERED`
 * from whatever is asked, where somebody wrote into the counts, or has removed the newest.
 */
export class SqliteUsage implements Usage {
  #counters: ReadonlyMap<string, OpenCounter> | undefined;

  /** @param which `counting`: what the policy in force counts; `prepared`: also what was made ready for the next one */
  constructor(
    private readonly share: CountedShare,
    private readonly decisions: SigningDecisions,
    private readonly tables: CountTables,
    private readonly which: 'counting' | 'prepared' = 'counting',
  ) {}

  get newestMs(): number {
    let newestMs = 0;
    for (const { newest } of this.#open().values()) newestMs = Math.max(newestMs, newest?.atMs ?? 0);
    return newestMs;
  }

  isCounted(kind: 'transaction' | 'message', hash: string): boolean {
    const { clientId, publicKeyHex } = this.share;
    const subject = { clientId, publicKeyHex, signedHashHex: hash };
    return this.decisions.isApproved(subject, SIGNING_ACTIONS[kind], this.tables.statements);
  }

  counter({ key }: CountScope): Counter {
    const { tables } = this;
    const { state, newest } = this.#counterOf(key);
    const { id } = state;
    const first = (reached: (tally: Tally) => boolean): number | undefined => whenFirst(reached, id, newest, tables);
    return {
      total: () => newest ?? NOTHING,
      upTo: (milliseconds) => standingAt(id, milliseconds, tables) ?? NOTHING,
      whenValueWas: (valueSas) => first((tally) => tally.valueSas >= valueSas),
      whenCountWas: (count) => first((tally) => tally.count >= count),
    };
  }

  /** Whether every signature is counted by each of these scopes. Where it is not, nothing may be signed by a limit on it. */
  countsAll(scopes: readonly CountScope[]): boolean {
    return scopes.every(({ key }) => this.#open().has(key));
  }

  /**
   * Counts what `evaluate` said is to be counted, by this usage, in the same transaction. Counters that were asked for
   * before go on saying what was before it. {@link keepNewest} must follow, once for all of a transaction.
   *
   * @param entry of the approval in the record
   */
  write(count: Count, entry: number): void {
    for (const key of count.scopeKeys) {
      const counter = this.#counterOf(key);
      counter.newest = countOne(counter.state.id, counter.newest, count, entry, this.tables);
    }
  }

  /** Says in each counter which count is its newest by now. */
  keepNewest(): void {
    for (const { state, newest } of this.#counters?.values() ?? []) {
      const count = newest?.count ?? 0;
      if (count !== state.newestCount) keepNewest(state, count, this.tables);
    }
  }

  #counterOf(key: string): OpenCounter {
    const counter = this.#open().get(key);
    if (counter === undefined) throw new Error(`nothing counts what the limit is of (${key})`);
    return counter;
  }

  #open(): ReadonlyMap<string, OpenCounter> {
    this.#counters ??= new Map(
      countersOf(this.share.id, this.which, this.tables).map((state) => [
        state.scopeKey,
        { state, newest: newestOf(state, this.tables) },
      ]),
    );
    return this.#counters;
  }
}
