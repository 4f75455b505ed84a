import type { OpenTransaction } from './open-transaction.js';
import type { WriteOrder } from './write-order.js';

/** A write that waits, or runs. */
export interface PendingWrite extends WriteOrder {
  /** By `performance.now()`. */
  readonly askedAt: number;
  /** Runs the work in its own savepoint and keeps its result. Throws what the work throws. */
  readonly run: (transaction: OpenTransaction) => Promise<void>;
  /** Settles the caller's promise, after the commit. */
  readonly resolve: () => void;
  readonly reject: (reason: unknown) => void;
}

/** A write for `work`, whose result or error goes to `resolve` or `reject`. */
export function pendingWrite<T>(
  order: WriteOrder,
  work: (transaction: OpenTransaction) => T | Promise<T>,
  resolve: (result: T) => void,
  reject: (reason: unknown) => void,
): PendingWrite {
  let result: { readonly value: T } | undefined;
  return {
    ...order,
    askedAt: performance.now(),
    run: async (transaction) => {
      result = { value: await work(transaction) };
    },
    resolve: () => {
      if (result === undefined) reject(new Error('a unit of work was committed without a result'));
      else resolve(result.value);
    },
    reject,
  };
}
