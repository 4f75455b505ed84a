import { statSync } from 'node:fs';
import type BetterSqlite3 from 'better-sqlite3';
import { SqliteDriver } from '../../database/sqlite-driver.js';
import { codeOf } from '../../errors/error-code.js';
import { TILE_WIDTH } from '../tlog/tiles.js';
import { CannotVerifyError, DamagedRecordError } from './record-source.js';
import type { OwnNote, RecordRow, RecordSource } from './record-source.js';

/** What a verifier needs of a database, all of it tables that hold their own rows. */
const TABLES = ['audit_entries', 'audit_tiles', 'audit_checkpoints'] as const;

/** Bytes of an entry that C2SP's formats can hold. */
const MOST_ENTRY_BYTES = 0xffff;
const MOST_NOTE_BYTES = 1024 * 1024;

const ENTRIES = `SELECT id, CASE WHEN typeof(entry) = 'text' AND octet_length(entry) <= ${MOST_ENTRY_BYTES}
  THEN CAST(entry AS BLOB) END FROM audit_entries ORDER BY id`;

const CHECKPOINTS = `SELECT CAST(origin AS TEXT), CAST(size AS INTEGER),
  CASE WHEN octet_length(note) <= ${MOST_NOTE_BYTES} THEN CAST(note AS BLOB) ELSE x'' END FROM audit_checkpoints`;

const TILE = `SELECT CASE WHEN typeof(hashes) = 'blob' AND octet_length(hashes) <= 8192 THEN hashes END
  FROM audit_tiles WHERE level = ? AND number = ?`;

const TILES = `SELECT level, count(*) AS tiles, max(number) + 1 AS reach FROM audit_tiles GROUP BY level ORDER BY level`;

/**
 * A database file, opened for reading alone: a copy, or that of a running service, of which one moment is seen. Throws
 * `CannotVerifyError` for what is no database of this service; whoever has it closes it.
 */
export class DatabaseSource implements RecordSource {
  readonly name = 'the database';
  readonly #tile: BetterSqlite3.Statement<[number, number], Buffer | null>;
  readonly entriesOnce: number;
  #areTilesDamaged = false;

  private constructor(private readonly connection: BetterSqlite3.Database) {
    this.#tile = connection.prepare<[number, number], Buffer | null>(TILE).pluck();
    const given = connection
      .prepare<[]>("SELECT max(seq) FROM sqlite_sequence WHERE name = 'audit_entries'")
      .pluck()
      .get();
    const inTiles = connection.prepare<[]>('SELECT max(number) + 1 FROM audit_tiles WHERE level = 0').pluck().get();
    this.entriesOnce = Math.max(countOf(given), countOf(inTiles) * TILE_WIDTH);
  }

  static open(file: string): DatabaseSource {
    if (statSync(file, { throwIfNoEntry: false })?.isFile() !== true)
      throw new CannotVerifyError('there is no such file');
    let connection: BetterSqlite3.Database | undefined;
    try {
      connection = new SqliteDriver(file, { readonly: true, fileMustExist: true });
      // Views and triggers of the file run nothing, and all that is read is of one moment.
      connection.pragma('trusted_schema = OFF');
      connection.exec('BEGIN');
      refuseOthers(connection);
      return new DatabaseSource(connection);
    } catch (error) {
      connection?.close();
      throw cannotVerify(error);
    }
  }

  close(): void {
    this.connection.close();
  }

  *entries(): Iterable<RecordRow> {
    const rows = this.connection.prepare<[], [number, Buffer | null]>(ENTRIES).raw().iterate();
    try {
      for (const [id, bytes] of rows) yield { id, bytes: bytes ?? undefined };
    } catch (error) {
      throw isDamage(error) ? new DamagedRecordError('SQLite cannot read on', { cause: error }) : error;
    }
  }

  *checkpoints(): Iterable<OwnNote> {
    const rows = this.connection.prepare<[], [string, number, Buffer]>(CHECKPOINTS).raw().iterate();
    for (const [origin, size, note] of rows) yield { note, row: { origin, size } };
  }

  readonly readTile = (level: number, number: number): Buffer | undefined => {
    try {
      return this.#tile.get(level, number) ?? undefined;
    } catch (error) {
      if (!isDamage(error)) throw error;
      this.#areTilesDamaged = true;
      return undefined;
    }
  };

  *faults(): Iterable<string> {
    if (this.#areTilesDamaged) yield 'tiles of the tree cannot be read: the file is damaged';
    const levels = this.connection.prepare<[], { level: number; tiles: number; reach: number }>(TILES).all();
    for (const { level, tiles, reach } of levels) {
      if (tiles !== reach) yield `the tree has lost tiles of level ${level}: of ${reach} there are ${tiles}`;
    }
  }
}

function refuseOthers(connection: BetterSqlite3.Database): void {
  const tables = new Map(
    connection
      .prepare<[], [string, string]>("SELECT name, coalesce(sql, '') FROM sqlite_schema WHERE type = 'table'")
      .raw()
      .all(),
  );
  if (!tables.has('audit_entries')) throw new CannotVerifyError('it is no database of this service: it has no record');
  for (const table of TABLES) {
    const sql = tables.get(table);
    if (sql === undefined) {
      throw new CannotVerifyError(`it has no ${table}: its release is older, and its log has not begun`);
    }
    if (!/^CREATE TABLE /i.test(sql)) throw new CannotVerifyError(`${table} is no table that holds its own rows`);
  }
}

/** What SQLite says becomes a reason; everything else stays what it is. */
export function cannotVerify(error: unknown): unknown {
  const code = codeOf(error);
  if (code?.startsWith('SQLITE_') !== true) return error;
  if (code === 'SQLITE_NOTADB') return new CannotVerifyError('it is no SQLite database, or an encrypted one');
  if (code.startsWith('SQLITE_CANTOPEN')) {
    return new CannotVerifyError(`SQLite cannot open it (${code}): copy it into a folder that you can write to`);
  }
  return new CannotVerifyError(`SQLite cannot read it (${code}): ${(error as Error).message}`);
}

/** Whether SQLite has found that the file is damaged. */
function isDamage(error: unknown): boolean {
  return codeOf(error)?.startsWith('SQLITE_CORRUPT') === true;
}

function countOf(value: unknown): number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : 0;
}
