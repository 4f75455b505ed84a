import { isLocked, patientlyAfter } from './locked-database.js';
import type { OpenedConnection } from './opened-connection.js';
import type { PendingWrite } from './pending-write.js';
import { rollBack } from './read-snapshot.js';
import { storageFailureOf } from './storage-failure.js';
import type { WriteBatch } from './waiting-writes.js';

/** What came of a batch: all that were taken of it have been settled, or a lock kept it from being begun. */
export type CommitOutcome = { readonly outcome: 'done' } | { readonly outcome: 'locked'; readonly error: unknown };

/**
 * One transaction for many writes, each in a savepoint of its own: a failing one is rolled back alone, and durability costs
 * one fsync per batch instead of one per write (group commit).
 *
 * Transactions are begun and ended here and not through TypeORM, which counts open ones itself and loses count when
 * SQLite ends one: from then on its "commit" only releases a savepoint, and acknowledged writes are never durable.
 */
export class GroupCommit {
  readonly #connection: OpenedConnection;
  readonly #budgetMs: number;
  #failedCommits = 0;

  /** @param budgetMs a batch takes no further write after it: all of it is one turn of the event loop */
  constructor(connection: OpenedConnection, budgetMs: number) {
    this.#connection = connection;
    this.#budgetMs = budgetMs;
  }

  /** Counts what could not be written for the database's sake: for a full disk, a commit that failed. */
  get failedCommits(): number {
    return this.#failedCommits;
  }

  /** Settles each write that it takes of the batch; takes none when it is locked out. Never rejects. */
  async commit(batch: WriteBatch<PendingWrite>): Promise<CommitOutcome> {
    const startedAt = performance.now();
    const { raw } = this.#connection;
    try {
      this.#connection.snapshot.close();
      // Immediate: what is read here is still true when it is written, whoever else has the file open.
      raw.exec('BEGIN IMMEDIATE');
    } catch (error) {
      rollBack(raw);
      if (isLocked(error)) return { outcome: 'locked', error };
      this.#failAll(takeAll(batch), error);
      return DONE;
    }
    const taken: PendingWrite[] = [];
    const failures = new Map<PendingWrite, unknown>();
    try {
      const isLate = (): boolean => performance.now() - startedAt >= this.#budgetMs;
      for (let write = batch.next(false); write !== undefined; write = batch.next(isLate())) {
        taken.push(write);
        await this.#runInSavepoint(write, failures);
      }
      try {
        raw.exec('COMMIT');
      } catch (error) {
        // One that finds a lock has not ended the transaction, and may be repeated.
        await patientlyAfter(error, () => raw.exec('COMMIT'));
      }
    } catch (error) {
      rollBack(raw);
      this.#failAll(taken, error, failures);
      return DONE;
    }
    for (const write of taken) {
      if (failures.has(write)) write.reject(failures.get(write));
      else write.resolve();
    }
    return DONE;
  }

  /** Rejects writes of which nothing was done. */
  failed(writes: readonly PendingWrite[], error: unknown): void {
    if (writes.length > 0) this.#failAll(writes, error);
  }

  #failAll(writes: readonly PendingWrite[], error: unknown, own?: ReadonlyMap<PendingWrite, unknown>): void {
    this.#failedCommits += 1;
    for (const write of writes) write.reject(own?.get(write) ?? error);
  }

  /** Notes the error of a failing write, and throws it only when the whole transaction is lost. */
  async #runInSavepoint(write: PendingWrite, failures: Map<PendingWrite, unknown>): Promise<void> {
    const { raw, transaction } = this.#connection;
    raw.exec('SAVEPOINT one_write');
    try {
      await write.run(transaction);
      raw.exec('RELEASE one_write');
    } catch (error) {
      failures.set(write, error);
      if (storageFailureOf(error) !== undefined) this.#failedCommits += 1;
      // SQLite ends the whole transaction by itself on a full disk or an I/O error. Going on would commit the
      // remaining writes one by one and lose the earlier ones.
      if (!raw.inTransaction) throw error;
      raw.exec('ROLLBACK TO one_write; RELEASE one_write');
    }
  }
}

const DONE = { outcome: 'done' } as const;

function takeAll(batch: WriteBatch<PendingWrite>): PendingWrite[] {
  const taken: PendingWrite[] = [];
  for (let write = batch.next(false); write !== undefined; write = batch.next(false)) taken.push(write);
  return taken;
}
