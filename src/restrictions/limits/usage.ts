import type { CountScope } from './count-scope.js';

/**
 * What a split key has signed, as far as limits ask for it: the narrowest reading that answers them, made so that rows of
 * running totals serve each question with one look into an index, however many signatures there are:
 *
 *     (split key, scope key, number of the row) → at, value_up_to_here, count_up_to_here
 *
 * All three columns only grow from row to row, so each can be searched. A window's sum is the newest row's totals less
 * those of the last row before the window. Totals outgrow 64 bits: a column of them has a fixed width that sorts.
 *
 * Whoever keeps the rows sees to it that time never goes back: a row is written at `Count.atMs`.
 */
export interface Usage {
  /** When something was last counted for the split key, in whatever scope; milliseconds, 0 before the first. */
  readonly newestMs: number;
  /** Whether this very hash was approved and counted before. The same bytes as a message and as a transaction are two. */
  isCounted(kind: 'transaction' | 'message', hash: string): boolean;
  counter(scope: CountScope): Counter;
}

/** What one scope has counted, in order of time. */
export interface Counter {
  total(): Tally;
  /** What had been counted by the end of this millisecond. */
  upTo(milliseconds: number): Tally;
  /** When the total first was as much as this; undefined when it never was. */
  whenValueWas(valueSas: bigint): number | undefined;
  whenCountWas(count: number): number | undefined;
}

/** A sum of values, beyond 64 bits, and a number of signatures. */
export interface Tally {
  readonly valueSas: bigint;
  readonly count: number;
}

/** What is to be counted once a signature has been approved, in the transaction that records it. */
export interface Count {
  readonly kind: 'transaction' | 'message';
  /** Of what was signed, lower-case hex: with the kind and the split key, what the count is known by. */
  readonly hash: string;
  /** Never before what was counted last, also when the clock has been set back. */
  readonly atMs: number;
  /** 0 of messages. */
  readonly valueSas: bigint;
  /** The keys of the scopes that count it, each once. */
  readonly scopeKeys: readonly string[];
}
