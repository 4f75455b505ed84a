import type { DataSource } from 'typeorm';
import { GroupCommit } from './group-commit.js';
import { databaseBusy, patiently, patientlyAfter, PATIENCE_MS } from './locked-database.js';
import { NestingCheck } from './nesting-check.js';
import type { OpenTransaction } from './open-transaction.js';
import { OpenedConnection } from './opened-connection.js';
import { pendingWrite } from './pending-write.js';
import type { PendingWrite } from './pending-write.js';
import type { Statements } from './statements.js';
import type { Transaction } from './transaction.js';
import { UnitOfWork } from './unit-of-work.js';
import type { WriteBatch } from './waiting-writes.js';
import { WorkQueue } from './work-queue.js';
import type { WriteOrder } from './write-order.js';
import { WRITES_OVERLOADED } from '../errors/writes-overloaded.js';

/**
 * One fsync serves at most this many waiting writes; more wait for the next transaction. It is for whatever is written.
 * Signing packs up to as many decisions into one such write (`SigningLedger`), since a write of its own for each would
 * cost it a promise and two statements more.
 */
const MOST_WRITES_PER_COMMIT = 64;

/** What a batch of writes takes of the event loop's time, before its commit: no read and no request is served in it. */
const BUDGET_MS = 10;

export interface WriteBounds {
  /** Writes that may wait in each lane. */
  readonly mostWaiting: number;
  readonly budgetMs: number;
}

/** For whoever asks for nothing in particular. */
const ORDINARY: WriteOrder = { lane: 'ordinary', holder: '' };
/** Decisions of signatures, and the test write that says whether they can be recorded. */
const SIGNING: WriteOrder = { lane: 'signing', holder: '' };

/**
 * The unit of work on SQLite, and what SQLite alone can do besides: work that waits for nothing, within a call.
 *
 * TypeORM runs all of SQLite over one connection: parallel transactions swallow each other's writes and reads see
 * uncommitted rows (typeorm#307, #1884). So writes run one at a time and reads never during a write. Writes that wait
 * share one transaction, see `GroupCommit`; which of them go first, see `WaitingWrites`. One that finds no room rejects
 * with `WRITES.OVERLOADED`.
 *
 * A lock of somebody else's is waited for between attempts, never in the driver, which would stop the whole process;
 * for {@link PATIENCE_MS}, and then everything here rejects with `DATABASE.BUSY`.
 */
export class SqliteUnitOfWork extends UnitOfWork {
  readonly #connection: OpenedConnection;
  readonly #nesting = new NestingCheck();
  readonly #commits: GroupCommit;
  readonly #queue: WorkQueue<PendingWrite>;

  constructor(dataSource: DataSource, { mostWaiting = 1024, budgetMs = BUDGET_MS }: Partial<WriteBounds> = {}) {
    super();
    this.#connection = new OpenedConnection(dataSource);
    this.#commits = new GroupCommit(this.#connection, budgetMs);
    const bounds = { mostWaiting, mostTogether: MOST_WRITES_PER_COMMIT };
    this.#queue = new WorkQueue(bounds, (batch) => this.#commit(batch));
  }

  async write<T>(work: (transaction: Transaction) => Promise<T>, order = ORDINARY): Promise<T> {
    this.#nesting.refuse();
    return this.#add(order, async (transaction) => this.#nesting.inside(() => work(transaction)));
  }

  /**
   * As {@link write} in the lane of signatures, for work that waits for nothing: many decisions in one stretch, without a
   * promise for each.
   */
  writeAtOnce<T>(work: (statements: Statements) => T): Promise<T> {
    return this.#add(SIGNING, ({ statements }) => work(statements));
  }

  async read<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    this.#nesting.refuse();
    return patiently(() => this.#queue.addRead(() => this.#nesting.inside(() => work(this.#connection.transaction))));
  }

  /**
   * As {@link read}, for work that waits for nothing: done at once unless a write is open. All that come in one turn of
   * the event loop see the same rows.
   */
  readAtOnce<T>(work: (statements: Statements) => T): Promise<T> {
    const read = (): T => {
      const { transaction, snapshot } = this.#connection;
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
    return this.#commits.failedCommits;
  }

  /** Resolves when no work is running or waiting; for a clean shutdown. */
  idle(): Promise<void> {
    return this.#queue.idle();
  }

  #add<T>(order: WriteOrder, work: (transaction: OpenTransaction) => T | Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      if (!this.#queue.addWrite(pendingWrite(order, work, resolve, reject))) reject(WRITES_OVERLOADED);
    });
  }

  /** When it is locked out, only those that still have the patience go on waiting. */
  async #commit(batch: WriteBatch<PendingWrite>): Promise<'done' | 'locked'> {
    const came = await this.#commits.commit(batch);
    if (came.outcome === 'done') return 'done';
    const since = performance.now() - PATIENCE_MS;
    this.#commits.failed(
      this.#queue.takeWritesWhere(({ askedAt }) => askedAt <= since),
      databaseBusy(came.error),
    );
    return 'locked';
  }
}
