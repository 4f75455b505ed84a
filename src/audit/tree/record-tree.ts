import type { Statements } from '../../database/statements.js';
import { StartError } from '../../errors/start-error.js';
import { CompactRange } from '../tlog/compact-range.js';
import { HASH_BYTES, leafHash } from '../tlog/hashes.js';
import { buildProof, neededSubtrees, planRoot } from '../tlog/proof-plan.js';
import type { ProofPlan } from '../tlog/proof-plan.js';
import { subtreesOfRange } from '../tlog/subtrees.js';
import type { Subtree } from '../tlog/subtrees.js';
import { hashInTile, placeInTile, TILE_HEIGHT, TILE_WIDTH } from '../tlog/tiles.js';
import type { Tile } from '../tlog/tiles.js';
import { countTiles, readTile } from './tile-table.js';
import type { KeptTile } from './tile-table.js';

/** A row of the record. Its place in the tree is one less than its id. */
export interface LeafRow {
  readonly id: number;
  readonly entry: string;
}

const LEAVES = 'SELECT id, entry FROM audit_entries WHERE id > ? ORDER BY id LIMIT ?';

/** The record is not what the tree over it says. */
export class BrokenRecordError extends StartError {
  override readonly name = 'BrokenRecordError';
}

/** The next entries of the record behind so many. */
export function leavesBehind(size: number, most: number, statements: Statements): readonly LeafRow[] {
  return statements.all<LeafRow>(LEAVES, size, most);
}

/**
 * The Merkle tree over the entries of the record (RFC 6962), in the order of their ids, which is that of their commits:
 * SQLite has one writer. It grows in memory, and knows the tiles that are to be kept (`grown`): those of leaves when they
 * are full, those above whenever they have grown. What is not kept yet follows from the entries, so a crash in between
 * loses nothing.
 */
export class RecordTree {
  #range: CompactRange;
  /** Of each level the hashes of the tile that is not full yet. */
  readonly #open: Buffer[][];
  readonly #grown = new Map<string, KeptTile>();

  private constructor(range: CompactRange, open: Buffer[][]) {
    this.#range = range;
    this.#open = open;
  }

  /** As far as its tiles reach. Throws `BrokenRecordError` when they do not fit together. */
  static restore(statements: Statements): RecordTree {
    const tiles = countTiles(0, statements);
    if (tiles === undefined) throw new BrokenRecordError("a tile of level 0 of the record's tree is missing");
    const size = tiles * TILE_WIDTH;
    const open: Buffer[][] = [];
    for (let [level, count] = [0, size]; count > 0; level += 1, count = Math.floor(count / TILE_WIDTH)) {
      const inOpen = count % TILE_WIDTH;
      const tile = readTile({ level, number: Math.floor(count / TILE_WIDTH) }, statements) ?? Buffer.alloc(0);
      if (tile.length !== inOpen * HASH_BYTES) {
        throw new BrokenRecordError(
          `a tile of level ${level} of the record's tree has not the length that it should have`,
        );
      }
      open.push(Array.from({ length: inOpen }, (_, at) => tile.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES)));
    }
    const hashes = subtreesOfRange(0, size).map((subtree) => hashOf(subtree, statements));
    return new RecordTree(CompactRange.of(size, hashes), open);
  }

  /** How many entries are in it. */
  get size(): number {
    return this.#range.size;
  }

  /** 32 bytes. */
  get root(): Buffer {
    return this.#range.root;
  }

  /** Takes the next entries in. Throws `BrokenRecordError`, with nothing taken behind it, when one is missing. */
  append(rows: readonly LeafRow[]): void {
    for (const row of rows) {
      this.#range = this.#range.append(leafAt(this.size, row), (subtree, hash) => {
        if (subtree.level % TILE_HEIGHT === 0) this.#keep(subtree, hash);
      });
    }
  }

  /** The tiles that have grown, and are to be kept. */
  get grown(): readonly KeptTile[] {
    return [...this.#grown.values()];
  }

  /** To be called when they all have been kept, before it grows again. */
  areKept(): void {
    this.#grown.clear();
  }

  #keep({ level, index }: Subtree, hash: Buffer): void {
    const tileLevel = level / TILE_HEIGHT;
    const hashes = (this.#open[tileLevel] ??= []);
    hashes.push(hash);
    const isFull = hashes.length === TILE_WIDTH;
    if (isFull || tileLevel > 0) {
      const number = Math.floor(index / TILE_WIDTH);
      this.#grown.set(`${tileLevel}/${number}`, { level: tileLevel, number, hashes: Buffer.concat(hashes) });
    }
    if (isFull) this.#open[tileLevel] = [];
  }
}

/** The root over the first `size` entries. Throws `BrokenRecordError` when there are fewer, or one is missing. */
export function rootAt(size: number, statements: Statements): Buffer {
  const tree = RecordTree.restore(statements);
  if (tree.size > size) {
    const [root] = proofFrom(planRoot(size), statements);
    if (root === undefined) throw new Error('the plan of a root made none');
    return root;
  }
  while (tree.size < size) {
    const rows = leavesBehind(tree.size, Math.min(TILE_WIDTH, size - tree.size), statements);
    if (rows.length === 0) throw new BrokenRecordError(`the record has lost entry ${tree.size + 1}`);
    tree.append(rows);
  }
  return tree.root;
}

/** The hashes that a plan makes, from what is kept. Throws `BrokenRecordError` for what has not been kept yet. */
export function proofFrom(plan: ProofPlan, statements: Statements): Buffer[] {
  // Most of its hashes are of the same few tiles.
  const tiles: ReadTiles = new Map();
  return buildProof(
    plan,
    neededSubtrees(plan).map((subtree) => hashOf(subtree, statements, tiles)),
  );
}

type ReadTiles = Map<string, Buffer>;

/** From its tile; where that is not full yet, among leaves, from the entries. */
function hashOf(subtree: Subtree, statements: Statements, tiles: ReadTiles = new Map()): Buffer {
  const { level, number, begin, count } = placeInTile(subtree);
  const name = `${level}/${number}`;
  const tile = tiles.get(name) ?? tileAt({ level, number }, statements);
  tiles.set(name, tile);
  if (tile.length < (begin + count) * HASH_BYTES) {
    throw new BrokenRecordError(`the record's tree has lost hashes of level ${subtree.level}`);
  }
  return hashInTile(tile, subtree);
}

function tileAt({ level, number }: Pick<Tile, 'level' | 'number'>, statements: Statements): Buffer {
  const kept = readTile({ level, number }, statements);
  return kept ?? (level === 0 ? openTileOfLeaves(number, statements) : Buffer.alloc(0));
}

function openTileOfLeaves(number: number, statements: Statements): Buffer {
  const first = number * TILE_WIDTH;
  return Buffer.concat(leavesBehind(first, TILE_WIDTH, statements).map((row, at) => leafAt(first + at, row)));
}

/** The hash of the row that must be the leaf of this index. Throws `BrokenRecordError` when it is another. */
function leafAt(index: number, { id, entry }: LeafRow): Buffer {
  if (id !== index + 1) throw new BrokenRecordError(`the record has lost entry ${index + 1}`);
  return leafHash(entry);
}
