import { RowMac } from '../../crypto/row-mac.js';
import type { KeyRing } from '../../crypto/sealing/data-key.js';
import { alteredRow } from '../../errors/altered-row.js';
import { statementsOf } from '../open-transaction.js';
import type { SqlValue, Statements } from '../statements.js';
import type { Transaction } from '../transaction.js';
import { columnsOf, nameOf, textOfRow, whereKey } from './covered-table.js';
import type { CoveredRow, CoveredTable } from './covered-table.js';
import { RowChanges } from './row-changes.js';

/** The values of a table's `key`. */
export type RowKey = readonly SqlValue[];

/** Hears of each row that was read and is not as it was written, or is not there and must be; also again. */
export type AlteredRowListener = (table: string, key: RowKey) => void;

interface Queries {
  readonly find: string;
  readonly renew: string;
}

/**
 * Where rows that decide get their codes, and where those are checked. Whoever inserts such a row calls {@link begin}, whoever
 * changes one does it inside {@link change}, and whoever decides by one asks first. Within the call, all of it, in the
 * transaction or read at hand.
 */
export class RowGuard {
  readonly #mac: RowMac;
  readonly #queries = new Map<CoveredTable, Queries>();
  #listener: AlteredRowListener = () => undefined;
  /** By their names: those that hold by their codes, and are not what the record says. */
  readonly #condemned = new Set<string>();
  /** What the record is still to tell of the open transaction. */
  readonly changes = new RowChanges();

  constructor(ring: KeyRing) {
    this.#mac = new RowMac(ring);
  }

  /** There is one listener: the record's. */
  tell(listener: AlteredRowListener): void {
    this.#listener = listener;
  }

  /** The row with all that is checked of it; not checked. */
  find<Row extends CoveredRow>(table: CoveredTable, key: RowKey, statements: Statements): Row | undefined {
    return statements.first<Row>(this.#queriesOf(table).find, ...key);
  }

  /** Whether a row is as the service wrote it. @param row undefined when there is none, and there must be */
  isIntact(table: CoveredTable, key: RowKey, row: CoveredRow | undefined): boolean {
    const isCondemned = this.#condemned.size > 0 && this.#condemned.has(nameOf(table, key));
    if (row !== undefined && !isCondemned && this.#verifies(table, row)) return true;
    this.#listener(table.table, key);
    return false;
  }

  /** Has a row be altered from now on, whatever its code says: the record tells of another. Told as any. */
  condemn(table: CoveredTable, key: RowKey): void {
    this.#condemned.add(nameOf(table, key));
    this.#listener(table.table, key);
  }

  /** The same of a row that is still to be read. */
  isIntactAt(table: CoveredTable, key: RowKey, statements: Statements): boolean {
    return this.isIntact(table, key, this.find(table, key, statements));
  }

  /** Throws `RECORD.ALTERED` unless the row is there, as the service wrote it. */
  demand(table: CoveredTable, key: RowKey, transaction: Transaction): void {
    if (!this.isIntactAt(table, key, statementsOf(transaction))) throw alteredRow();
  }

  /** The code of a row that is about to be inserted, or written whole, as it will be. For writers of many. */
  codeOf(table: CoveredTable, row: CoveredRow): Buffer {
    return this.#mac.of(textOfRow(table, row, row['version'] ?? null));
  }

  /** Gives a row its code that was inserted just now, in the same transaction. */
  begin(table: CoveredTable, key: RowKey, statements: Statements): void {
    this.#renew(table, key, statements, 0);
  }

  /** Changes a row in a transaction, of which it is then the next version. Throws `RECORD.ALTERED`, and what `write` throws. */
  async change(table: CoveredTable, key: RowKey, transaction: Transaction, write: () => unknown): Promise<void> {
    this.demand(table, key, transaction);
    await write();
    this.#renew(table, key, statementsOf(transaction), 1);
  }

  /**
   * The same of a change after which less is possible, as revoking: it is made whatever somebody did to the row, which then
   * stays altered.
   */
  async restrict(table: CoveredTable, key: RowKey, transaction: Transaction, write: () => unknown): Promise<void> {
    const wasIntact = this.isIntactAt(table, key, statementsOf(transaction));
    await write();
    if (wasIntact) this.#renew(table, key, statementsOf(transaction), 1);
  }

  /** Says that all rows of somebody and a client id are removed, in the transaction that does it. */
  removed(table: CoveredTable, { ownerId, clientId }: { readonly ownerId: string; readonly clientId: string }): void {
    this.changes.add({ clientId, said: `${nameOf(table, [ownerId, clientId])} gone` });
  }

  #verifies(table: CoveredTable, row: CoveredRow): boolean {
    const { version = null, mac } = row;
    return this.#mac.verifies(textOfRow(table, row, version), mac instanceof Uint8Array ? mac : null);
  }

  #renew(table: CoveredTable, key: RowKey, statements: Statements, step: 0 | 1): void {
    const row = this.find(table, key, statements);
    if (row === undefined) throw new Error(`a row of ${table.table} was not written`);
    const version = Number(row['version']) + step;
    statements.runOne(this.#queriesOf(table).renew, version, this.#mac.of(textOfRow(table, row, version)), ...key);
    if (table.isTold !== true) return;
    this.changes.add({ clientId: String(row['client_id']), said: `${nameOf(table, key)} ${version}` });
  }

  #queriesOf(table: CoveredTable): Queries {
    let queries = this.#queries.get(table);
    if (queries === undefined) {
      const where = whereKey(table);
      queries = {
        find: `SELECT ${columnsOf(table)} FROM ${table.table} WHERE ${where}`,
        renew: `UPDATE ${table.table} SET version = ?, mac = ? WHERE ${where}`,
      };
      this.#queries.set(table, queries);
    }
    return queries;
  }
}
