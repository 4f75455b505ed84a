import type BetterSqlite3 from 'better-sqlite3';

/** A read transaction that is opened when it is first asked for in a turn of the event loop, and ends with the turn. */
export class ReadSnapshot {
  readonly #connection: BetterSqlite3.Database;
  readonly #begin: BetterSqlite3.Statement;
  readonly #end: BetterSqlite3.Statement;
  #isOpen = false;

  constructor(connection: BetterSqlite3.Database) {
    this.#connection = connection;
    this.#begin = connection.prepare('BEGIN');
    this.#end = connection.prepare('END');
  }

  /** Locking the database anew for each read costs more than the read. */
  open(): void {
    if (this.#isOpen) return;
    this.#begin.run();
    this.#isOpen = true;
    setImmediate(() => {
      this.close();
    });
  }

  /** Throws nothing: reads have had their answers, and nobody would catch it. */
  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    try {
      if (this.#connection.open && this.#connection.inTransaction) this.#end.run();
    } catch {
      rollBack(this.#connection);
    }
  }
}

/** Leaves nothing open: later writes would join a transaction that is never committed. */
export function rollBack(connection: BetterSqlite3.Database): void {
  try {
    if (connection.inTransaction) connection.exec('ROLLBACK');
  } catch {
    // Still open, then: the next BEGIN fails, what it was for is rejected, and we are here again.
  }
}
