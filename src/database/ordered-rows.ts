import type { Place, Window } from './list-window.js';
import type { SqlValue, Statements } from './statements.js';

/** Names of the code, never of input. */
export interface OrderedTable {
  readonly table: string;
  /** The column whose value says which list a row is in. */
  readonly scope: string;
  /** A condition that every row of a list fulfils, as the index over it has it; absent: none. */
  readonly only?: string;
  /** The columns that order, which together are different in each row of a list. An index over scope and these. */
  readonly order: readonly string[];
  /** What is selected of each row. */
  readonly columns: readonly string[];
}

/**
 * The rows of a list in their order, found by what they stand behind and never by counting from the front: rows that
 * come or go meanwhile make none appear twice, and none be left out. Every query is one range of the index.
 */
export class OrderedRows<Row extends object> {
  readonly #order: readonly string[];
  readonly #ends: Query;
  readonly #newest: Query;
  readonly #slice: Query;

  constructor({ table, scope, only, order, columns }: OrderedTable) {
    this.#order = order;
    const place = `(${order.join(', ')})`;
    const marks = `(${order.map(() => '?').join(', ')})`;
    const list = `FROM ${table} WHERE ${scope} = ?${only === undefined ? '' : ` AND ${only}`}`;
    const behind = `${list} AND ${place} > ${marks}`;
    const query = (select: string, rest: string): Query => ({
      all: `SELECT ${select} ${list} ${rest}`,
      behind: `SELECT ${select} ${behind} ${rest}`,
    });
    const oldestFirst = `ORDER BY ${order.join(', ')}`;
    this.#ends = query(order.join(', '), `${oldestFirst} LIMIT 2 OFFSET ?`);
    this.#newest = query(order.join(', '), `ORDER BY ${order.map((column) => `${column} DESC`).join(', ')} LIMIT 1`);
    this.#slice = query(columns.join(', '), `AND ${place} <= ${marks} ${oldestFirst} LIMIT ?`);
  }

  /**
   * What stands behind `after` (from the first on, if absent), as it is now, at most `most` rows of it; `undefined` when
   * nothing does.
   */
  window(
    list: SqlValue,
    { after, most }: { readonly after: Place | undefined; readonly most: number | undefined },
    statements: Statements,
  ): Window | undefined {
    const ends = most === undefined ? [] : this.#ask<PlaceRow>(this.#ends, list, after, [most - 1], statements);
    const [end = this.#ask<PlaceRow>(this.#newest, list, after, [], statements)[0], next] = ends;
    return end === undefined ? undefined : { last: this.#placeIn(end), hasMore: next !== undefined };
  }

  /** The next rows behind `after` up to `last`, at most `most`. */
  slice(
    list: SqlValue,
    { after, last, most }: { readonly after: Place | undefined; readonly last: Place; readonly most: number },
    statements: Statements,
  ): Row[] {
    return this.#ask<Row>(this.#slice, list, after, [...last, most], statements);
  }

  #ask<Answer>(
    query: Query,
    list: SqlValue,
    after: Place | undefined,
    rest: readonly SqlValue[],
    statements: Statements,
  ): Answer[] {
    return after === undefined
      ? statements.all<Answer>(query.all, list, ...rest)
      : statements.all<Answer>(query.behind, list, ...after, ...rest);
  }

  #placeIn(row: PlaceRow): Place {
    return this.#order.map((column) => row[column] ?? '');
  }
}

/** A query for a whole list, and for what stands behind a place. */
interface Query {
  readonly all: string;
  readonly behind: string;
}

type PlaceRow = Readonly<Record<string, string | number>>;
