/**
 * The open unit of work, handed from use case to repository to event handler, so that all of them write in one database
 * transaction. What is in it is the engine's, and shown to `persistence/`, `audit/` and `database/` alone: `managerOf`
 * and `statementsOf` in open-transaction.ts, which the import law keeps from everybody else.
 */
export abstract class Transaction {
  /** Which engine opened it. Protected, so that nothing is a transaction by having the shape of one. */
  protected abstract readonly engine: string;
}
