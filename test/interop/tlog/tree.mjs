import { CompactRange } from '../../../dist/audit/tlog/compact-range.js';
import { encodeEntryBundle } from '../../../dist/audit/tlog/entry-bundle.js';
import { leafHash } from '../../../dist/audit/tlog/hashes.js';
import {
  buildProof,
  neededSubtrees,
  planConsistency,
  planInclusion,
  planRoot,
} from '../../../dist/audit/tlog/proof-plan.js';
import { entryBundlePath, parseTilePath, tilePath } from '../../../dist/audit/tlog/tile-paths.js';
import { hashInTile, placeInTile, tilesToWrite } from '../../../dist/audit/tlog/tiles.js';

const HASH_BYTES = 32;
const MOST_LEAVES = 2 ** 20;

const entryOf = (index) => Buffer.from(`entry ${index}`);

/** A log in memory: the hashes of all complete subtrees, as `append` tells of them, a level behind the other. */
export class Tree {
  #range = CompactRange.empty();
  #levels = Array.from({ length: 21 }, (_, level) => Buffer.alloc((MOST_LEAVES / 2 ** level) * HASH_BYTES));

  /** Gives the root. */
  growTo(size) {
    while (this.#range.size < size) {
      this.#range = this.#range.append(leafHash(entryOf(this.#range.size)), ({ level, index }, hash) => {
        hash.copy(this.#levels[level], index * HASH_BYTES);
      });
    }
    return this.#range.root.toString('base64');
  }

  root(size) {
    return this.#build(planRoot(size))[0];
  }

  inclusion(index, size) {
    return this.#build(planInclusion(index, size));
  }

  consistency(oldSize, newSize) {
    return this.#build(planConsistency(oldSize, newSize));
  }

  /** The paths of the tiles, then of the bundles of entries, that a log of `newSize` has and one of `oldSize` had not. */
  tiles(oldSize, newSize) {
    const tiles = tilesToWrite(oldSize, newSize);
    return [...tiles.map(tilePath), ...tiles.filter(({ level }) => level === 0).map(entryBundlePath)];
  }

  /** What a log holds at the path of a tile or of a bundle of entries. */
  file(path) {
    const { level, number, width } = parseTilePath(path, 'path');
    if (level !== undefined) return this.#hashes(level * 8, number * 256, width);
    return encodeEntryBundle(Array.from({ length: width }, (_, at) => entryOf(number * 256 + at)));
  }

  /** A subtree's hash from the one tile in which it is. */
  subtreeFromTile(subtree) {
    const { level, number, begin, count } = placeInTile(subtree);
    return hashInTile(this.#hashes(level * 8, number * 256, begin + count), subtree);
  }

  #build(plan) {
    return buildProof(
      plan,
      neededSubtrees(plan).map(({ level, index }) => this.#hashes(level, index, 1)),
    );
  }

  #hashes(level, first, count) {
    return this.#levels[level].subarray(first * HASH_BYTES, (first + count) * HASH_BYTES);
  }
}
