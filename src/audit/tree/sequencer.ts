import { setImmediate } from 'node:timers/promises';
import type { BeforeApplicationShutdown, LoggerService, OnApplicationBootstrap } from '@nestjs/common';
import { statementsOf } from '../../database/open-transaction.js';
import type { SqliteUnitOfWork } from '../../database/sqlite-unit-of-work.js';
import { StartError } from '../../errors/start-error.js';
import type { Objection } from '../../readiness/readiness.js';
import { BrokenRecordError, leavesBehind, RecordTree } from './record-tree.js';
import { writeTile } from './tile-table.js';
import type { KeptTile } from './tile-table.js';

/** Entries that are hashed in one go: about a millisecond. */
const SLICE = 256;

/** Tiles that are kept in one write. */
const MOST_TILES = 32;

/** How soon an entry is in the tree after its commit. */
const EVERY_MS = 1_000;

/**
 * Puts the entries of the record into its tree, in the order of their commits and after them: what a signature waits for
 * does not get longer by it. It alone does; what it has not done when the process ends the next one does.
 */
export class Sequencer implements OnApplicationBootstrap, BeforeApplicationShutdown {
  #tree: RecordTree | undefined;
  #timer: NodeJS.Timeout | undefined;
  #running = Promise.resolve();
  #next: Promise<void> | undefined;
  #isClosing = false;
  #failure: unknown;

  constructor(
    private readonly unitOfWork: SqliteUnitOfWork,
    private readonly logger: Pick<LoggerService, 'error'>,
  ) {}

  /** How many entries are in the tree; 0 before the start. */
  get size(): number {
    return this.#tree?.size ?? 0;
  }

  /** Of the tree as it is, 32 bytes; `undefined` before the start. */
  get root(): Buffer | undefined {
    return this.#tree?.root;
  }

  /** What is wrong with the record, if anything is; not, that it could not be read or written for now. */
  objection(): Objection {
    return this.#failure instanceof BrokenRecordError ? this.#failure.message : undefined;
  }

  /**
   * Rejects with `StartError` when what was kept of the tree does not fit together. The entries are taken in afterwards: a
   * record of an earlier release may have millions.
   */
  async onApplicationBootstrap(): Promise<void> {
    await this.restored();
    this.#timer = setInterval(() => {
      // It has been told.
      this.sequence().catch(() => undefined);
    }, EVERY_MS).unref();
  }

  /** As far as the tiles reach, once; rejects as {@link onApplicationBootstrap}. */
  async restored(): Promise<void> {
    try {
      this.#tree ??= await this.unitOfWork.readAtOnce((statements) => this.#tree ?? RecordTree.restore(statements));
    } catch (error) {
      if (!(error instanceof BrokenRecordError)) throw error;
      throw new StartError(`${error.message}: restore a copy (npm run restore -- FILE)`, { cause: error });
    }
  }

  /** After the last checkpoint. The database is closed later, when nothing is under way. */
  async beforeApplicationShutdown(): Promise<void> {
    this.#isClosing = true;
    clearInterval(this.#timer);
    await (this.#next ?? this.#running).catch(() => undefined);
  }

  /** Takes in what has been committed until now. Rejects when it cannot be read, or its hashes cannot be kept. */
  sequence(): Promise<void> {
    // One after the other. What is being done may have read already, so those who ask meanwhile wait for the next together.
    this.#next ??= this.#running
      .catch(() => undefined)
      .then(() => {
        this.#next = undefined;
        this.#running = this.#run();
        return this.#running;
      });
    return this.#next;
  }

  async #run(): Promise<void> {
    try {
      await this.#catchUp();
      this.#failure = undefined;
    } catch (error) {
      this.#tell(error);
      throw error;
    }
  }

  async #catchUp(): Promise<void> {
    const tree = this.#tree;
    if (tree === undefined) throw new Error('the record was sequenced before the start');
    for (let isBehind = true; isBehind && !this.#isClosing;) {
      const rows = await this.unitOfWork.readAtOnce((statements) => leavesBehind(tree.size, SLICE, statements));
      tree.append(rows);
      isBehind = rows.length === SLICE;
      const { grown } = tree;
      if (grown.length > (isBehind ? MOST_TILES : 0)) await this.#keepTiles(tree, grown);
      // Requests come first.
      await setImmediate();
    }
  }

  /** What could not be kept has still grown, and is tried again. */
  async #keepTiles(tree: RecordTree, tiles: readonly KeptTile[]): Promise<void> {
    await this.unitOfWork.write(
      (transaction) => {
        for (const tile of tiles) writeTile(tile, statementsOf(transaction));
        return Promise.resolve();
      },
      { lane: 'ordinary', holder: '' },
    );
    tree.areKept();
  }

  /** Once, however often it is tried. */
  #tell(error: unknown): void {
    const isKnown = String(this.#failure) === String(error);
    this.#failure = error;
    if (!isKnown) this.logger.error('the record could not be put into its tree', error);
  }
}
