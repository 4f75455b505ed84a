import type BetterSqlite3 from 'better-sqlite3';

/** What a parameter or a column can hold. */
export type SqlValue = string | number | bigint | Uint8Array | null;

/**
 * Throws unless exactly one row was changed: an effect that is answered and recorded must have come about, and a trigger
 * in the file can have SQLite leave it out in silence. What it belongs to is then undone.
 */
export function requireOne(rows: number): void {
  if (rows !== 1) throw new Error(`a write has changed ${rows} rows instead of one`);
}

/**
 * Prepared statements of the one connection, each kept under its text: for the few queries that every signature asks,
 * where a query builder would cost several times the query. SQLite answers within the call.
 *
 * Texts are constants of the code, never built from input: what differs is a parameter. So there are as many as call
 * sites, and none is ever dropped.
 */
export class Statements {
  readonly #connection: BetterSqlite3.Database;
  readonly #prepared = new Map<string, BetterSqlite3.Statement<SqlValue[]>>();

  constructor(connection: BetterSqlite3.Database) {
    this.#connection = connection;
  }

  /** Every row of a query. Throws what SQLite says, as the others do. */
  all<Row>(sql: string, ...values: SqlValue[]): Row[] {
    return this.#prepare(sql).all(...values) as Row[];
  }

  /** The first row of a query. */
  first<Row>(sql: string, ...values: SqlValue[]): Row | undefined {
    return this.#prepare(sql).get(...values) as Row | undefined;
  }

  /** Changes rows; says how many. */
  run(sql: string, ...values: SqlValue[]): number {
    return this.#prepare(sql).run(...values).changes;
  }

  /** Changes one row. Throws, beside what SQLite says, when it was another number. */
  runOne(sql: string, ...values: SqlValue[]): void {
    requireOne(this.run(sql, ...values));
  }

  /** Inserts one row, and says its number. Throws as {@link runOne}. */
  insertOne(sql: string, ...values: SqlValue[]): number {
    const { changes, lastInsertRowid } = this.#prepare(sql).run(...values);
    requireOne(changes);
    return Number(lastInsertRowid);
  }

  #prepare(sql: string): BetterSqlite3.Statement<SqlValue[]> {
    let statement = this.#prepared.get(sql);
    if (statement === undefined) {
      statement = this.#connection.prepare<SqlValue[]>(sql);
      this.#prepared.set(sql, statement);
    }
    return statement;
  }
}
