import { describe, expect, it } from '@jest/globals';
import { hashInTile, placeInTile, tileOf, tilesToWrite } from '../../../src/audit/tlog/tiles.js';
import type { Tile } from '../../../src/audit/tlog/tiles.js';
import { mth } from './reference-tree.js';

/** A tile's bytes by its definition: MTH(D[(n * 256 + i) * 256**l : (n * 256 + i + 1) * 256**l]). */
function bytesOf({ level, number, width }: Tile): Buffer {
  const span = 256 ** level;
  return Buffer.concat(
    Array.from({ length: width }, (_, i) => mth((number * 256 + i) * span, (number * 256 + i + 1) * span)),
  );
}

const named = ({ level, number, width }: Tile): string => `${level}/${number}.${width}`;

describe('tiles', () => {
  it('are those that the specification counts for 70,000 leaves', () => {
    const tiles = tilesToWrite(0, 70_000);
    expect(tiles.filter(({ level, width }) => level === 0 && width === 256)).toHaveLength(273);
    expect(tiles.slice(273).map(named)).toEqual(['0/273.112', '1/0.256', '1/1.17', '2/0.1']);
  });

  it('are a full one and a partial one above it for 256 leaves, and none for none', () => {
    expect(tilesToWrite(0, 256).map(named)).toEqual(['0/0.256', '1/0.1']);
    expect(tilesToWrite(0, 1).map(named)).toEqual(['0/0.1']);
    expect(tilesToWrite(0, 0)).toEqual([]);
  });

  it('are written again where a partial one has grown, and nowhere else', () => {
    expect(tilesToWrite(255, 256).map(named)).toEqual(['0/0.256', '1/0.1']);
    expect(tilesToWrite(256, 257).map(named)).toEqual(['0/1.1']);
    expect(tilesToWrite(300, 513).map(named)).toEqual(['0/1.256', '0/2.1', '1/0.2']);
    expect(tilesToWrite(513, 513)).toEqual([]);
  });

  it('have in the end all tiles of the tree, however it has grown', () => {
    for (const step of [1, 7, 255, 256, 300]) {
      const written = new Map<string, Tile>();
      for (let size = 0; size < 1_000; size = Math.min(size + step, 1_000)) {
        for (const tile of tilesToWrite(size, Math.min(size + step, 1_000))) {
          written.set(`${tile.level}/${tile.number}`, tile);
        }
      }
      expect([...written.values()].map(named).sort()).toEqual(tilesToWrite(0, 1_000).map(named).sort());
    }
  });

  it('refuses a tree that shrinks or has no size', () => {
    expect(() => tilesToWrite(2, 1)).toThrow(new RangeError('oldSize must not be larger than newSize'));
    expect(() => tilesToWrite(-1, 1)).toThrow('oldSize must be an integer from 0 to 9007199254740991');
    expect(() => tilesToWrite(0, 0.5)).toThrow('newSize must be an integer from 0 to 9007199254740991');
  });

  it('have the hash of every complete subtree of a tree of 1,000 leaves', () => {
    const tiles = new Map(tilesToWrite(0, 1_000).map((tile) => [`${tile.level}/${tile.number}`, bytesOf(tile)]));
    for (let level = 0; 2 ** level <= 1_000; level += 1) {
      for (let index = 0; (index + 1) * 2 ** level <= 1_000; index += 1) {
        const subtree = { level, index };
        const place = placeInTile(subtree);
        const bytes = tiles.get(`${place.level}/${place.number}`) ?? Buffer.alloc(0);
        expect(hashInTile(bytes, subtree).equals(mth(index * 2 ** level, (index + 1) * 2 ** level))).toBe(true);
      }
    }
  });

  it.each([
    [0, 255, { level: 0, number: 0, begin: 255, count: 1 }],
    [0, 256, { level: 0, number: 1, begin: 0, count: 1 }],
    [7, 1, { level: 0, number: 0, begin: 128, count: 128 }],
    [8, 0, { level: 1, number: 0, begin: 0, count: 1 }],
    [11, 33, { level: 1, number: 1, begin: 8, count: 8 }],
    [52, 1, { level: 6, number: 0, begin: 16, count: 16 }],
    [0, Number.MAX_SAFE_INTEGER, { level: 0, number: 2 ** 45 - 1, begin: 255, count: 1 }],
  ])('have the subtree %i/%i where it belongs', (level, index, place) => {
    expect(placeInTile({ level, index })).toEqual(place);
  });

  it.each([1, 255, 256, 257, 1_000, 65_536, 70_000])('are as wide as a tree of %i leaves has them', (size) => {
    const written = tilesToWrite(0, size).map(named);
    const asked = new Set<string>();
    for (let level = 0; 2 ** level <= size; level += 1) {
      for (let index = 0; (index + 1) * 2 ** level <= size; index += 1)
        asked.add(named(tileOf({ level, index }, size)));
    }
    expect([...asked].sort()).toEqual([...written].sort());
  });

  it('have nothing of a subtree that is not complete', () => {
    expect(() => tileOf({ level: 3, index: 1 }, 15)).toThrow(new RangeError('subtree must be complete in the tree'));
    expect(() => tileOf({ level: 0, index: 15 }, 15)).toThrow('subtree must be complete in the tree');
    expect(() => tileOf({ level: 0, index: 0 }, NaN)).toThrow('size must be an integer from 0 to 9007199254740991');
  });

  it('are not read past their end', () => {
    const tile = bytesOf({ level: 0, number: 0, width: 5 });
    expect(hashInTile(tile, { level: 2, index: 0 })).toEqual(mth(0, 4));
    expect(() => hashInTile(tile, { level: 2, index: 1 })).toThrow(
      new RangeError('tile must reach as far as the subtree'),
    );
    expect(() => hashInTile(tile.subarray(1), { level: 0, index: 4 })).toThrow('tile must reach as far as the subtree');
  });

  it('are not changed by whoever changes a hash from them', () => {
    const tile = bytesOf({ level: 0, number: 0, width: 1 });
    hashInTile(tile, { level: 0, index: 0 }).fill(0);
    expect(tile).toEqual(mth(0, 1));
  });
});
