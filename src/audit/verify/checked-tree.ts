import { CompactRange } from '../tlog/compact-range.js';
import { leafHash } from '../tlog/hashes.js';
import { TILE_HEIGHT, TILE_WIDTH } from '../tlog/tiles.js';
import { KeptLevel } from './kept-level.js';
import type { ReadTile } from './kept-level.js';

/** Entries from the first to the last, by their ids. */
export interface EntryRange {
  readonly first: number;
  readonly last: number;
}

/** What a signed root says of the tree over the entries. */
export type Comparison =
  /** `tiles`: the entries of kept hashes that are not theirs. */
  | { readonly holds: true; readonly tiles: readonly EntryRange[] }
  /** `changed`: which entries the kept hashes convict, since with them the root is the signed one; none if they do not. */
  | { readonly holds: false; readonly changed: readonly EntryRange[] };

/** Of tiles above the leaves, up to 2^64 entries. */
const LEVELS = 8;
/** In the place of an entry that is missing or cannot be read. No entry is empty. */
const NOTHING = leafHash(Buffer.alloc(0));

/**
 * The tree over the entries as they are read, held against signed roots and against the tiles that are kept beside them.
 * Where a root is not that of the entries, tiles with which it would be name those that were changed.
 */
export class CheckedTree {
  #range = CompactRange.empty();
  readonly #levels: readonly KeptLevel[];

  constructor(read: ReadTile) {
    this.#levels = Array.from({ length: LEVELS }, (_, level) => new KeptLevel(level, read));
  }

  get size(): number {
    return this.#range.size;
  }

  /** The first entry that is not what its kept hash says, since the last comparison that was decided. */
  get firstDifferent(): number | undefined {
    const index = this.#levels[0]?.different[0];
    return index === undefined ? undefined : index + 1;
  }

  append(leaf: Buffer): void {
    const before = this.#range;
    this.#range = before.append(leaf, ({ level, index }, hash) => {
      if (level % TILE_HEIGHT === 0) this.#levels[level / TILE_HEIGHT]?.take(index, hash, before);
    });
  }

  appendNothing(): void {
    this.append(NOTHING);
  }

  /** Takes the hash that is kept of the next entry for its own, which the next comparison confirms. False if none is. */
  appendKept(each: (leaf: Buffer, id: number) => void): boolean {
    const kept = this.#levels[0]?.hashAt(this.size);
    if (kept === undefined) return false;
    each(kept, this.size + 1);
    this.append(kept);
    return true;
  }

  /** Holds the tree as it is against a root that was signed of its size. */
  compare(root: Buffer): Comparison {
    if (this.#range.root.equals(root)) {
      const tiles = this.#levels.flatMap((level, at) => level.different.map((index) => entriesOf(at, index)));
      this.#settle();
      return { holds: true, tiles };
    }
    for (const [at, level] of this.#levels.entries()) {
      const instead = level.instead(this.#range);
      if (instead?.root.equals(root) !== true) continue;
      const changed = level.different.map((index) => entriesOf(at, index));
      // What was signed is known now, so what follows can be held against it too.
      this.#range = instead;
      this.#settle();
      return { holds: false, changed };
    }
    return { holds: false, changed: [] };
  }

  #settle(): void {
    for (const level of this.#levels) level.settle();
  }
}

function entriesOf(level: number, index: number): EntryRange {
  const width = TILE_WIDTH ** level;
  return { first: index * width + 1, last: (index + 1) * width };
}
