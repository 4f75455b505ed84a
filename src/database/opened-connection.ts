import type BetterSqlite3 from 'better-sqlite3';
import type { DataSource } from 'typeorm';
import { OpenTransaction } from './open-transaction.js';
import { rawConnection } from './raw-connection.js';
import { ReadSnapshot } from './read-snapshot.js';
import { Statements } from './statements.js';

/**
 * The one connection as units of work use it. From the first of them on, nothing waits in the driver. Up to then it
 * does: at the start nobody is kept waiting by that, and what runs then (the migrations) cannot be run again.
 */
export class OpenedConnection {
  readonly #dataSource: DataSource;
  #opened: { readonly transaction: OpenTransaction; readonly snapshot: ReadSnapshot } | undefined;

  constructor(dataSource: DataSource) {
    this.#dataSource = dataSource;
  }

  get raw(): BetterSqlite3.Database {
    return rawConnection(this.#dataSource);
  }

  /** What work is given, whichever transaction is open. */
  get transaction(): OpenTransaction {
    return this.#open().transaction;
  }

  get snapshot(): ReadSnapshot {
    return this.#open().snapshot;
  }

  #open(): { readonly transaction: OpenTransaction; readonly snapshot: ReadSnapshot } {
    if (this.#opened !== undefined) return this.#opened;
    const connection = this.raw;
    connection.pragma('busy_timeout = 0');
    this.#opened = {
      transaction: new OpenTransaction(this.#dataSource.manager, new Statements(connection)),
      snapshot: new ReadSnapshot(connection),
    };
    return this.#opened;
  }
}
