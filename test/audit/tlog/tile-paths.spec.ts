import { describe, expect, it } from '@jest/globals';
import { MalformedTlogError } from '../../../src/audit/tlog/malformed-tlog-error.js';
import { entryBundlePath, parseTilePath, tilePath } from '../../../src/audit/tlog/tile-paths.js';

describe('the path of a tile', () => {
  it.each([
    ['tile/0/x001/x234/067', { level: 0, number: 1_234_067, width: 256 }],
    ['tile/0/x001/234.p/17', { level: 0, number: 1_234, width: 17 }],
    ['tile/0/000.p/1', { level: 0, number: 0, width: 1 }],
    ['tile/2/999', { level: 2, number: 999, width: 256 }],
    ['tile/63/x001/000.p/255', { level: 63, number: 1_000, width: 255 }],
    ['tile/6/x009/x007/x199/x254/x740/991', { level: 6, number: Number.MAX_SAFE_INTEGER, width: 256 }],
  ])('is %s', (path, tile) => {
    expect(tilePath(tile)).toBe(path);
    expect(parseTilePath(path, 'path')).toEqual(tile);
  });

  it('has entries in the place of the level for a bundle of them', () => {
    expect(entryBundlePath({ number: 1_234, width: 17 })).toBe('tile/entries/x001/234.p/17');
    expect(parseTilePath('tile/entries/x001/234.p/17', 'path')).toEqual({ number: 1_234, width: 17 });
    expect(parseTilePath('tile/entries/000', 'path')).toEqual({ number: 0, width: 256 });
  });

  it.each([
    '',
    'tile',
    'tile/0',
    'tile/0/',
    'tile/00/000',
    'tile/01/000',
    'tile/64/000',
    'tile/100/000',
    'tile/-1/000',
    'tile/data/000',
    'tile/0/0',
    'tile/0/00',
    'tile/0/0000',
    'tile/0/x000',
    'tile/0/x000/001',
    'tile/0/001/001',
    'tile/0/x001/001/',
    'tile/0/X001/001',
    'tile/0/000.p/0',
    'tile/0/000.p/01',
    'tile/0/000.p/256',
    'tile/0/000.p/999',
    'tile/0/000.p/',
    'tile/0/000.p',
    'tile/0/000.p/1/',
    'tile/0/000\n',
    '/tile/0/000',
    ' tile/0/000',
    'tile/0/x009/x007/x199/x254/x740/992',
    'tile/0/x999/x999/x999/x999/x999/x999/x999/999',
    'tile/entries/x000/001',
    'tile/8/0/000',
    'tile/0/٠٠٠',
  ])('is not %p', (path) => {
    expect(() => parseTilePath(path, 'path')).toThrow(
      new MalformedTlogError('path', 'must be the path of a tile or of a bundle of entries'),
    );
  });

  it.each([
    [{ level: 64, number: 0, width: 1 }, 'level must be an integer from 0 to 63'],
    [{ level: 0.5, number: 0, width: 1 }, 'level must be an integer from 0 to 63'],
    [{ level: 0, number: -1, width: 1 }, 'number must be an integer from 0 to 9007199254740991'],
    [{ level: 0, number: 0, width: 0 }, 'width must be an integer from 1 to 256'],
    [{ level: 0, number: 0, width: 257 }, 'width must be an integer from 1 to 256'],
  ])('is not made of %p', (tile, message) => {
    expect(() => tilePath(tile)).toThrow(new RangeError(message));
  });
});
