import { hash } from 'node:crypto';
import { RecordTree } from '../../../src/audit/tree/record-tree.js';
import { Sequencer } from '../../../src/audit/tree/sequencer.js';
import { statementsOf } from '../../../src/database/open-transaction.js';
import { SqliteUnitOfWork } from '../../../src/database/sqlite-unit-of-work.js';
import type { Statements } from '../../../src/database/statements.js';
import { migratedDatabase } from '../../database/migrated-database.js';
import type { MigratedDatabase } from '../../database/migrated-database.js';

/** Adds so many entries in one statement, each another one. */
const ADD = `
  WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
  INSERT INTO audit_entries (entry) SELECT '{"outcome":"approved","salt":"' || lower(hex(randomblob(16))) || '"}' FROM n`;

/** A database with a record, and what puts it into its tree. */
export class RecordWorld {
  readonly told: string[] = [];
  unitOfWork: SqliteUnitOfWork;
  sequencer: Sequencer;

  private constructor(readonly database: MigratedDatabase) {
    this.unitOfWork = new SqliteUnitOfWork(database.dataSource);
    this.sequencer = this.#newSequencer();
  }

  static async open(): Promise<RecordWorld> {
    const world = new RecordWorld(await migratedDatabase());
    await world.sequencer.onApplicationBootstrap();
    return world;
  }

  async close(): Promise<void> {
    await this.#end();
    await this.database.close();
  }

  /** Forgets all but what is in the file. Rejects as the start does. */
  async restart(): Promise<void> {
    await this.#end();
    const { dataSource } = this.database;
    await dataSource.destroy();
    this.unitOfWork = new SqliteUnitOfWork(await dataSource.initialize());
    this.sequencer = this.#newSequencer();
    await this.sequencer.onApplicationBootstrap();
  }

  async add(entries: number): Promise<void> {
    if (entries === 0) return;
    await this.unitOfWork.write((transaction) => Promise.resolve(statementsOf(transaction).run(ADD, entries)));
  }

  read<T>(work: (statements: Statements) => T): Promise<T> {
    return this.unitOfWork.readAtOnce(work);
  }

  /** The texts of all entries, in order. */
  async entries(): Promise<string[]> {
    return (
      await this.database.dataSource.query<{ entry: string }[]>('SELECT entry FROM audit_entries ORDER BY id')
    ).map(({ entry }) => entry);
  }

  /** How far the kept tiles alone reach. */
  kept(): Promise<number> {
    return this.read((statements) => RecordTree.restore(statements).size);
  }

  async #end(): Promise<void> {
    await this.sequencer.beforeApplicationShutdown();
    await this.unitOfWork.idle();
  }

  #newSequencer(): Sequencer {
    return new Sequencer(this.unitOfWork, {
      error: (line: string, error: unknown) => this.told.push(`${line}: ${String(error)}`),
    });
  }
}

const sha256 = (...parts: Uint8Array[]): Buffer => hash('sha256', Buffer.concat(parts), 'buffer');

/**
 * The root over these entries, computed layer by layer, where a node without a neighbour goes up as it is: another way to
 * the tree of RFC 6962, which divides from the top.
 */
export function rootOf(entries: readonly string[]): string {
  let layer = entries.map((entry) => sha256(Buffer.from([0]), Buffer.from(entry)));
  if (layer.length === 0) return sha256().toString('hex');
  while (layer.length > 1) {
    const above: Buffer[] = [];
    for (let at = 0; at < layer.length; at += 2) {
      const [left, right] = layer.slice(at, at + 2);
      if (left !== undefined) above.push(right === undefined ? left : sha256(Buffer.from([1]), left, right));
    }
    layer = above;
  }
  return layer[0]?.toString('hex') ?? '';
}
