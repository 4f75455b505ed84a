import { MalformedTlogError } from './malformed-tlog-error.js';
import { TILE_WIDTH } from './tiles.js';
import type { Tile } from './tiles.js';

/** A bundle of `width` entries, 1 to 256: those of the tile of level 0 with the same number. */
export type EntryBundle = Omit<Tile, 'level'>;

const MOST_LEVEL = 63;
const PATH = /^tile\/(entries|0|[1-9]\d?)\/((?:x\d{3}\/)*\d{3})(?:\.p\/([1-9]\d{0,2}))?$/;

/**
 * Where a tile lies below the log's address (tlog-tiles, "Merkle Tree"): `tile/0/x001/234.p/17`. Throws a RangeError for
 * a level above 63, a width outside 1 to 256, or what is no whole number.
 */
export function tilePath({ level, ...tile }: Tile): string {
  assertWithin(level, 0, MOST_LEVEL, 'level');
  return path(String(level), tile);
}

/** Where a bundle of entries lies (tlog-tiles, "Log entries"): `tile/entries/x001/234.p/17`. Throws as `tilePath` does. */
export function entryBundlePath(bundle: EntryBundle): string {
  return path('entries', bundle);
}

/**
 * What lies at a path, a tile or, without a level, a bundle of entries; paths as `tilePath` and `entryBundlePath` give
 * them and no others. Throws `MalformedTlogError` with the caller's field.
 */
export function parseTilePath(text: string, field: string): Tile | (EntryBundle & { readonly level?: never }) {
  const [, level = '', digits = '', partial] = PATH.exec(text) ?? [];
  const tile = { number: Number(digits.replaceAll(/[x/]/g, '')), width: Number(partial ?? TILE_WIDTH) };
  const isEntries = level === 'entries';
  // What reads as another number or needs no partial width is the same place by a second name.
  const canonical =
    level !== '' &&
    Number.isSafeInteger(tile.number) &&
    tile.width <= TILE_WIDTH &&
    (isEntries || Number(level) <= MOST_LEVEL) &&
    path(level, tile) === text;
  if (!canonical) throw new MalformedTlogError(field, 'must be the path of a tile or of a bundle of entries');
  return isEntries ? tile : { level: Number(level), ...tile };
}

function path(level: string, { number, width }: EntryBundle): string {
  assertWithin(number, 0, Number.MAX_SAFE_INTEGER, 'number');
  assertWithin(width, 1, TILE_WIDTH, 'width');
  const digits = String(number);
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/\d{3}/g) ?? [];
  const last = groups.length - 1;
  const folders = groups.map((group, at) => (at === last ? group : `x${group}`)).join('/');
  return `tile/${level}/${folders}${width === TILE_WIDTH ? '' : `.p/${width}`}`;
}

function assertWithin(value: number, least: number, most: number, what: string): void {
  if (!Number.isSafeInteger(value) || value < least || value > most) {
    throw new RangeError(`${what} must be an integer from ${least} to ${most}`);
  }
}
