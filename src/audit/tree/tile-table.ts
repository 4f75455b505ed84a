import type { Statements } from '../../database/statements.js';
import type { Tile } from '../tlog/tiles.js';

/** The bytes of a tile, one hash of 32 bytes after the other. */
export interface KeptTile extends Pick<Tile, 'level' | 'number'> {
  readonly hashes: Buffer;
}

const COUNT_TILES = 'SELECT count(*) AS tiles, max(number) AS last FROM audit_tiles WHERE level = ?';

const READ_TILE = 'SELECT hashes FROM audit_tiles WHERE level = ? AND number = ?';

const GROW_TILE = 'UPDATE audit_tiles SET hashes = ? WHERE level = ? AND number = ?';

const INSERT_TILE = 'INSERT INTO audit_tiles (level, number, hashes) VALUES (?, ?, ?)';

/** How many tiles a level has; `undefined` when one is missing, since they come one after the other. */
export function countTiles(level: number, statements: Statements): number | undefined {
  const { tiles = 0, last = null } = statements.first<{ tiles: number; last: number | null }>(COUNT_TILES, level) ?? {};
  return tiles === (last ?? -1) + 1 ? tiles : undefined;
}

/** `undefined` when it has not been kept yet. */
export function readTile(
  { level, number }: Pick<Tile, 'level' | 'number'>,
  statements: Statements,
): Buffer | undefined {
  return statements.first<{ hashes: Buffer }>(READ_TILE, level, number)?.hashes;
}

/**
 * Keeps a tile, or what it has grown to; nothing where somebody has kept as much. Throws what SQLite says, also when the
 * tile has begun in another way.
 */
export function writeTile({ level, number, hashes }: KeptTile, statements: Statements): void {
  const kept = readTile({ level, number }, statements);
  if (kept === undefined) statements.runOne(INSERT_TILE, level, number, hashes);
  else if (!kept.subarray(0, hashes.length).equals(hashes)) statements.runOne(GROW_TILE, hashes, level, number);
}
