import type { DataSource } from 'typeorm';
import { databaseBusy, isLocked, patiently, patientlyAfter, PATIENCE_MS } from './locked-database.js';
import { NestingCheck } from './nesting-check.js';
import { OpenTransaction } from './open-transaction.js';
import { rawConnection } from './raw-connection.js';
import { ReadSnapshot, rollBack } from './read-snapshot.js';
import { storageFailureOf } from './storage-failure.js';
import { Statements } from './statements.js';
import type { Transaction } from './transaction.js';
import { UnitOfWork } from './unit-of-work.js';
import { WorkQueue } from './work-queue.js';

/**
 * Group commit: one fsync serves at most this many waiting writes; more wait for the next transaction. It is for whatever
 * is written. Signing packs up to as many decisions into one such write (`SigningLedger`), since a write of its own for
 * each would cost it a promise and two statements more.
 */
const MOST_WRITES_PER_COMMIT = 64;

interface PendingWrite {
  /** By `performance.now()`. */
  readonly askedAt: number;
  /** Runs the work in its own savepoint and keeps its result. Throws what the work throws. */
  readonly run: (transaction: OpenTransaction) => Promise<void>;
  /** Settles the caller's promise, after the commit. */
  readonly resolve: () => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * The unit of work on SQLite, and what SQLite alone can do besides: work that waits for nothing, within a call.
 *
 * TypeORM runs all of SQLite over one connection: parallel transactions swallow each other's writes and reads see
 * uncommitted rows (typeorm#307, #1884). So writes run one at a time and reads never during a write. Writes that wait
 * at the same moment share one transaction, each in a savepoint of its own: a failing one is rolled back alone, and
 * durability costs one fsync per batch instead of one per write (group commit).
 *
 * Transactions are begun and ended here and not through TypeORM, which counts open ones itself and loses count when
 * SQLite ends one: from then on its "commit" only releases a savepoint, and acknowledged writes are never durable.
 *
 * A lock of somebody else's is waited for between attempts, never in the driver, which would stop the whole process;
 * for {@link PATIENCE_MS}, and then everything here rejects with `DATABASE.BUSY`.
 */
export class SqliteUnitOfWork extends UnitOfWork {
  readonly #dataSource: DataSource;
  readonly #nesting = new NestingCheck();
  readonly #queue: WorkQueue<PendingWrite>;
  #failedCommits = 0;
  #opened: { readonly transaction: OpenTransaction; readonly snapshot: ReadSnapshot } | undefined;

  constructor(dataSource: DataSource) {
    super();
    this.#dataSource = dataSource;
    this.#queue = new WorkQueue(MOST_WRITES_PER_COMMIT, (batch) => this.#commitTogether(batch));
  }

  async write<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    this.#nesting.refuse();
    return this.#add(async (transaction) => this.#nesting.inside(() => work(transaction)));
  }

  /** As {@link write}, for work that waits for nothing: many decisions in one stretch, without a promise for each. */
  writeAtOnce<T>(work: (statements: Statements) => T): Promise<T> {
    return this.#add(({ statements }) => work(statements));
  }

  async read<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    this.#nesting.refuse();
    return patiently(() => this.#queue.addRead(() => this.#nesting.inside(() => work(this.#open().transaction))));
  }

  /**
   * As {@link read}, for work that waits for nothing: done at once unless a write is open. All that come in one turn of
   * the event loop see the same rows.
   */
  readAtOnce<T>(work: (statements: Statements) => T): Promise<T> {
    const read = (): T => {
      const { transaction, snapshot } = this.#open();
      snapshot.open();
      return work(transaction.statements);
    };
    if (this.#queue.isRunningWrites) return patiently(() => this.#queue.readAtOnce(read));
    // Almost always the first attempt is the last: it takes no promise but the one that is returned.
    try {
      return Promise.resolve(read());
    } catch (error) {
      return patientlyAfter(error, () => this.#queue.readAtOnce(read));
    }
  }

  /** Counts what could not be written for the database's sake: for a lock, a full disk, a commit that failed. */
  get failedCommits(): number {
    return this.#failedCommits;
  }

  /** Resolves when no work is running or waiting; for a clean shutdown. */
  idle(): Promise<void> {
    return this.#queue.idle();
  }

  #add<T>(work: (transaction: OpenTransaction) => T | Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      let result: { readonly value: T } | undefined;
      this.#queue.addWrite({
        askedAt: performance.now(),
        run: async (transaction) => {
          result = { value: await work(transaction) };
        },
        resolve: () => {
          if (result === undefined) reject(new Error('a unit of work was committed without a result'));
          else resolve(result.value);
        },
        reject,
      });
    });
  }

  /** Settles all writes of the batch but those that it returns, which still have the patience to wait for the lock. */
  async #commitTogether(batch: readonly PendingWrite[]): Promise<readonly PendingWrite[]> {
    const connection = rawConnection(this.#dataSource);
    const failures = new Map<PendingWrite, unknown>();
    try {
      this.#open().snapshot.close();
      // Immediate: what is read here is still true when it is written, whoever else has the file open.
      connection.exec('BEGIN IMMEDIATE');
    } catch (error) {
      rollBack(connection);
      const waiting = isLocked(error) ? stillPatient(batch) : [];
      const told = isLocked(error) ? databaseBusy(error) : error;
      if (waiting.length < batch.length) this.#failedCommits += 1;
      for (const write of batch) if (!waiting.includes(write)) write.reject(told);
      return waiting;
    }
    try {
      for (const write of batch) await this.#runInSavepoint(write, failures);
      try {
        connection.exec('COMMIT');
      } catch (error) {
        // One that finds a lock has not ended the transaction, and may be repeated.
        await patientlyAfter(error, () => connection.exec('COMMIT'));
      }
    } catch (error) {
      rollBack(connection);
      this.#failedCommits += 1;
      for (const write of batch) write.reject(failures.get(write) ?? error);
      return [];
    }
    for (const write of batch) {
      if (failures.has(write)) write.reject(failures.get(write));
      else write.resolve();
    }
    return [];
  }

  /** Notes the error of a failing write, and throws it only when the whole transaction is lost. */
  async #runInSavepoint(write: PendingWrite, failures: Map<PendingWrite, unknown>): Promise<void> {
    const connection = rawConnection(this.#dataSource);
    connection.exec('SAVEPOINT one_write');
    try {
      await write.run(this.#open().transaction);
      connection.exec('RELEASE one_write');
    } catch (error) {
      failures.set(write, error);
      if (storageFailureOf(error) !== undefined) this.#failedCommits += 1;
      // SQLite ends the whole transaction by itself on a full disk or an I/O error. Going on would commit the
      // remaining writes one by one and lose the earlier ones.
      if (!connection.inTransaction) throw error;
      connection.exec('ROLLBACK TO one_write; RELEASE one_write');
    }
  }

  /**
   * From the first unit of work on, nothing waits in the driver. Up to then it does: at the start nobody is kept waiting
   * by that, and what runs then (the migrations) cannot be run again.
   */
  #open(): { readonly transaction: OpenTransaction; readonly snapshot: ReadSnapshot } {
    if (this.#opened !== undefined) return this.#opened;
    const connection = rawConnection(this.#dataSource);
    connection.pragma('busy_timeout = 0');
    this.#opened = {
      transaction: new OpenTransaction(this.#dataSource.manager, new Statements(connection)),
      snapshot: new ReadSnapshot(connection),
    };
    return this.#opened;
  }
}

/** Those of a batch that go on waiting for a lock. */
function stillPatient(batch: readonly PendingWrite[]): readonly PendingWrite[] {
  const since = performance.now() - PATIENCE_MS;
  return batch.filter(({ askedAt }) => askedAt > since);
}
