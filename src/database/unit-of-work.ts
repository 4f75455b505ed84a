import type { Transaction } from './transaction.js';
import type { WriteOrder } from './write-order.js';

/** The only door to the database, for use cases. What is behind it is the engine's: see `SqliteUnitOfWork`. */
export abstract class UnitOfWork {
  /**
   * Runs `work` alone, in a transaction. Resolves once it is durable; rejects with what `work` threw, or
   * with the commit's error, and then nothing of `work` is in the database. Rejects at once with `WRITES.OVERLOADED` when
   * too many wait.
   *
   * @param order how important it is, and for whom it is made
   */
  abstract write<T>(work: (transaction: Transaction) => Promise<T>, order: WriteOrder): Promise<T>;

  /**
   * Runs `work` while no write is open: it sees committed rows only. Reads run side by side. One that meets somebody
   * else's lock is run again, so it must have no effect but its result.
   */
  abstract read<T>(work: (transaction: Transaction) => Promise<T>): Promise<T>;
}
