import { HASH_BYTES } from './hashes.js';
import { assertSize, foldSubtrees } from './subtrees.js';
import type { Subtree } from './subtrees.js';

/** Levels of the tree that one tile spans (tlog-tiles, "Merkle Tree"). */
export const TILE_HEIGHT = 8;

/** Hashes of a full tile, and entries of a full bundle. */
export const TILE_WIDTH = 256;

/** A row of `width` hashes, 1 to 256: those of the subtrees of level 8 * `level` from `number` * 256 on. */
export interface Tile {
  readonly level: number;
  readonly number: number;
  readonly width: number;
}

/** Where a subtree is found: it is folded from `count` hashes, a power of two, of this tile, from `begin` on. */
export interface PlaceInTile {
  readonly level: number;
  readonly number: number;
  readonly begin: number;
  readonly count: number;
}

/** The place of a complete subtree's hash (tlog-tiles, "Merkle Tree"): one of a tile, or folded from several of it. */
export function placeInTile({ level, index }: Subtree): PlaceInTile {
  const count = 2 ** (level % TILE_HEIGHT);
  const perTile = TILE_WIDTH / count;
  return {
    level: Math.floor(level / TILE_HEIGHT),
    number: Math.floor(index / perTile),
    begin: (index % perTile) * count,
    count,
  };
}

/**
 * The tile that has a complete subtree of a tree of `size` leaves, as wide as it is in that tree (tlog-tiles, "Partial
 * Tiles"). Throws a RangeError if the subtree is not complete in it.
 */
export function tileOf(subtree: Subtree, size: number): Tile {
  assertSize(size, 'size');
  const { level, number } = placeInTile(subtree);
  if ((subtree.index + 1) * 2 ** subtree.level > size) throw new RangeError('subtree must be complete in the tree');
  const hashes = Math.floor(size / TILE_WIDTH ** level);
  return { level, number, width: Math.min(TILE_WIDTH, hashes - number * TILE_WIDTH) };
}

/**
 * The hash of a complete subtree, from the bytes of the tile in which `placeInTile` finds it (a partial one, or a wider
 * one of the same number). Throws a RangeError if the tile ends before the subtree does.
 */
export function hashInTile(tile: Uint8Array, subtree: Subtree): Buffer {
  const { begin, count } = placeInTile(subtree);
  if (tile.length < (begin + count) * HASH_BYTES) throw new RangeError('tile must reach as far as the subtree');
  let hashes: Buffer[] = Array.from({ length: count }, (_, at) =>
    Buffer.from(tile.subarray((begin + at) * HASH_BYTES, (begin + at + 1) * HASH_BYTES)),
  );
  while (hashes.length > 1) {
    hashes = Array.from({ length: hashes.length / 2 }, (_, at) => foldSubtrees(hashes.slice(2 * at, 2 * at + 2)));
  }
  const [hash] = hashes;
  if (hash === undefined) throw new RangeError('subtree must have leaves');
  return hash;
}

/**
 * The tiles of a tree of `newSize` leaves that one of `oldSize` had not (tlog-tiles, "Partial Tiles"), full and partial,
 * from the leaves up. From 0 on they are all tiles of the tree. Throws a RangeError unless 0 ≤ `oldSize` ≤ `newSize`.
 */
export function tilesToWrite(oldSize: number, newSize: number): Tile[] {
  assertSize(oldSize, 'oldSize');
  assertSize(newSize, 'newSize');
  if (oldSize > newSize) throw new RangeError('oldSize must not be larger than newSize');
  const tiles: Tile[] = [];
  let [before, after] = [oldSize, newSize];
  for (let level = 0; after > 0; level += 1) {
    if (after > before) {
      for (let number = Math.floor(before / TILE_WIDTH); number * TILE_WIDTH < after; number += 1) {
        tiles.push({ level, number, width: Math.min(TILE_WIDTH, after - number * TILE_WIDTH) });
      }
    }
    [before, after] = [Math.floor(before / TILE_WIDTH), Math.floor(after / TILE_WIDTH)];
  }
  return tiles;
}
