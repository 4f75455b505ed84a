import type { Statements } from '../../database/statements.js';

const NEXT = `SELECT id, entry ->> '$.rows' AS rows, entry ->> '$.client_id' AS clientId FROM audit_entries
  WHERE entry ->> '$.rows' IS NOT NULL AND id > ? ORDER BY id LIMIT ?`;

/** A row as entries tell of it last. */
export interface ToldRow {
  readonly table: string;
  /** As `nameOf` has it, behind the table. */
  readonly key: string;
  readonly version: number;
  readonly clientId: string;
  /** Which of all that was told this was: later ones have higher numbers. */
  readonly at: number;
}

/** All rows of somebody and a client id in a table, which were removed. */
export interface ToldRemoval {
  readonly table: string;
  readonly ownerId: string;
  readonly clientId: string;
  readonly at: number;
}

/**
 * What the record tells of rows that decide: which version each has, and which were removed. It grows with the number of
 * rows there ever were: some 200 bytes each.
 */
export class ToldRows {
  readonly #rows = new Map<string, ToldRow>();
  readonly #removals = new Map<string, ToldRemoval>();
  /** When something of this table and client id was removed last, whoever's it was. */
  readonly #lastRemovals = new Map<string, number>();
  #seenEntry = 0;
  #told = 0;

  /** Takes the next entries over, at most `most`. Says whether there may be more. */
  read(most: number, statements: Statements): boolean {
    const entries = statements.all<EntryRow>(NEXT, this.#seenEntry, most);
    for (const { id, rows, clientId } of entries) {
      for (const said of textsIn(rows)) this.#take(said, clientId ?? '');
      this.#seenEntry = id;
    }
    return entries.length === most;
  }

  /** In no order. */
  get rows(): Iterable<ToldRow> {
    return this.#rows.values();
  }

  get removals(): Iterable<ToldRemoval> {
    return this.#removals.values();
  }

  get size(): number {
    return this.#rows.size;
  }

  of(table: string, key: string): ToldRow | undefined {
    return this.#rows.get(`${table} ${key}`);
  }

  removalOf(table: string, ownerId: string, clientId: string): ToldRemoval | undefined {
    return this.#removals.get(`${table} ${ownerId} ${clientId}`);
  }

  /** Whether a row may have been removed since it was told of. Whose it was is not told with it. */
  mayBeRemoved({ table, clientId, at }: ToldRow): boolean {
    return (this.#lastRemovals.get(`${table} ${clientId}`) ?? 0) > at;
  }

  /** See `RowChange.said`. What is neither was written by somebody else, which the tree of the record tells. */
  #take(said: string, clientId: string): void {
    const [begin, end] = [said.indexOf(' '), said.lastIndexOf(' ')];
    if (begin < 1 || end <= begin) return;
    const [table, key, last] = [said.slice(0, begin), said.slice(begin + 1, end), said.slice(end + 1)];
    this.#told += 1;
    const name = `${table} ${key}`;
    if (last === 'gone') {
      const ownerId = key.slice(0, key.lastIndexOf(' '));
      this.#removals.set(name, { table, ownerId, clientId, at: this.#told });
      this.#lastRemovals.set(`${table} ${clientId}`, this.#told);
    } else if (/^[1-9]\d{0,14}$/.test(last)) {
      this.#rows.set(name, { table, key, version: Number(last), clientId, at: this.#told });
    }
  }
}

interface EntryRow {
  readonly id: number;
  readonly rows: string;
  readonly clientId: string | null;
}

function textsIn(rows: string): readonly string[] {
  try {
    const value: unknown = JSON.parse(rows);
    return Array.isArray(value) ? value.filter((text) => typeof text === 'string') : [];
  } catch {
    return [];
  }
}
