import { CompactRange } from '../tlog/compact-range.js';
import { HASH_BYTES } from '../tlog/hashes.js';
import { subtreesOfRange } from '../tlog/subtrees.js';
import { TILE_WIDTH } from '../tlog/tiles.js';

/** Bytes of a kept tile; `undefined` when there is none, or nothing that could be one. */
export type ReadTile = (level: number, number: number) => Buffer | undefined;

/**
 * The hashes that are kept beside the entries, of one level of tiles, held against those that follow from the entries.
 * As long as they are the same this costs a comparison. Where they differ one of both was changed, and which a signed root
 * tells: so from there on the tree that the kept hashes would make grows beside the other one.
 */
export class KeptLevel {
  #tile: { readonly number: number; readonly hashes: Buffer | undefined } | undefined;
  #other: CompactRange | undefined;
  #different: number[] = [];

  constructor(
    private readonly level: number,
    private readonly read: ReadTile,
  ) {}

  /** The first nodes that differ since the last `settle`, by their index in this level. */
  get different(): readonly number[] {
    return this.#different;
  }

  /** Whether there is a tile of this number. */
  has(number: number): boolean {
    return this.#tileOf(number) !== undefined;
  }

  /** What is kept of the node of this index; `undefined` if nothing is. */
  hashAt(index: number): Buffer | undefined {
    const at = (index % TILE_WIDTH) * HASH_BYTES;
    const hash = this.#tileOf(Math.floor(index / TILE_WIDTH))?.subarray(at, at + HASH_BYTES);
    return hash?.length === HASH_BYTES ? hash : undefined;
  }

  /**
   * @param index of the next node of this level
   * @param hash as it follows from the entries
   * @param before the tree as it was before the leaf that completed the node
   */
  take(index: number, hash: Buffer, before: CompactRange): void {
    const kept = this.hashAt(index) ?? hash;
    if (!kept.equals(hash)) {
      this.#other ??= CompactRange.of(index, before.hashes.slice(0, nodesIn(index)));
      if (this.#different.length < TILE_WIDTH) this.#different.push(index);
    }
    this.#other = this.#other?.append(kept);
  }

  /** The tree of this size as the kept hashes have it; `undefined` when it is the same. */
  instead(range: CompactRange): CompactRange | undefined {
    if (this.#other === undefined) return undefined;
    const below = range.hashes.slice(nodesIn(Math.floor(range.size / TILE_WIDTH ** this.level)));
    return CompactRange.of(range.size, [...this.#other.hashes, ...below]);
  }

  /** It is known now what holds: go on from there. */
  settle(): void {
    this.#other = undefined;
    this.#different = [];
  }

  #tileOf(number: number): Buffer | undefined {
    if (this.#tile?.number !== number) this.#tile = { number, hashes: this.read(this.level, number) };
    return this.#tile.hashes;
  }
}

/** How many hashes a compact range of so many nodes has. */
function nodesIn(size: number): number {
  return subtreesOfRange(0, size).length;
}
