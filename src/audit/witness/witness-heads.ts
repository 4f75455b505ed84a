import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type BetterSqlite3 from 'better-sqlite3';
import { SqliteDriver } from '../../database/sqlite-driver.js';
import { StartError } from '../../errors/start-error.js';

/** What a witness cosigned last of one log. */
export interface Head {
  readonly size: number;
  /** 32 bytes. */
  readonly root: Buffer;
}

/** What was cosigned, as the log signed it. */
export interface CosignedHead extends Head {
  readonly note: string;
}

/** How long another process may hold the file; SQLite waits for it within the call. */
const LOCK_MS = 1_000;

const FILE = 'witness.sqlite';

// A head never shrinks and never changes at its size, whatever the code above does.
const SCHEMA = `
  CREATE TABLE IF NOT EXISTS witness (vkey TEXT PRIMARY KEY NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS heads (
    origin TEXT PRIMARY KEY NOT NULL,
    size INTEGER NOT NULL,
    root BLOB NOT NULL,
    note TEXT NOT NULL
  ) STRICT;
  CREATE TRIGGER IF NOT EXISTS heads_only_grow BEFORE UPDATE ON heads
    WHEN NEW.origin <> OLD.origin OR NEW.size < OLD.size OR (NEW.size = OLD.size AND NEW.root <> OLD.root)
    BEGIN SELECT RAISE(ABORT, 'a head only grows'); END;
  CREATE TRIGGER IF NOT EXISTS heads_are_not_deleted BEFORE DELETE ON heads
    BEGIN SELECT RAISE(ABORT, 'a head stays'); END`;

const READ = 'SELECT size, root FROM heads WHERE origin = ?';

const KEEP = `INSERT INTO heads (origin, size, root, note) VALUES (?, ?, ?, ?)
  ON CONFLICT (origin) DO UPDATE SET size = excluded.size, root = excluded.root, note = excluded.note`;

/**
 * The heads that a witness has cosigned, by the logs' origins: one SQLite file. What is kept is on the disk before the call
 * returns, and two processes on one folder take turns.
 */
export class WitnessHeads {
  private constructor(private readonly connection: BetterSqlite3.Database) {}

  static exist(directory: string): boolean {
    return existsSync(join(directory, FILE));
  }

  /**
   * Opens the folder's file, or makes both. Throws `StartError` when they cannot be used, and when they are another
   * witness's: whose vkey is another one.
   */
  static open(directory: string, vkey: string): WitnessHeads {
    try {
      mkdirSync(directory, { recursive: true, mode: 0o700 });
      const connection = new SqliteDriver(join(directory, FILE), { timeout: LOCK_MS });
      connection.pragma('journal_mode = WAL');
      connection.pragma('synchronous = FULL');
      connection.exec(SCHEMA);
      const heads = new WitnessHeads(connection);
      heads.#belongTo(vkey);
      return heads;
    } catch (error) {
      if (error instanceof StartError) throw error;
      const { code = 'unknown error' } = error as NodeJS.ErrnoException;
      throw new StartError(`--state: ${directory} cannot be used (${code})`, { cause: error });
    }
  }

  /**
   * Looks at a log's head and perhaps keeps another, in one step with having looked: nobody else looks in between.
   *
   * @param decide given how to read a head; what it returns with a `head` is kept, durably, before this returns
   */
  decide<T extends { readonly head?: CosignedHead & { readonly origin: string } }>(
    decide: (latest: (origin: string) => Head | undefined) => T,
  ): T {
    const decideNow = this.connection.transaction(() => {
      const read = this.connection.prepare<[string], Head>(READ);
      const decided = decide((origin) => read.get(origin));
      if (decided.head !== undefined) {
        const { origin, size, root, note } = decided.head;
        this.connection.prepare(KEEP).run(origin, size, root, note);
      }
      return decided;
    });
    return decideNow.immediate();
  }

  close(): void {
    this.connection.close();
  }

  #belongTo(vkey: string): void {
    const belong = this.connection.transaction(() => {
      const first = this.connection.prepare<[], { vkey: string }>('SELECT vkey FROM witness').get();
      if (first === undefined) this.connection.prepare('INSERT INTO witness (vkey) VALUES (?)').run(vkey);
      else if (first.vkey !== vkey) throw new StartError('--state is of a witness with another key than --key');
    });
    belong.immediate();
  }
}
