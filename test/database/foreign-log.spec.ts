import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import BetterSqlite3 from 'better-sqlite3';
import { isLogOf, refuseForeignLog } from '../../src/database/foreign-log.js';
import { markLog, settleMark } from '../../src/database/log-mark.js';

let directory: string;
let file: string;
let connection: BetterSqlite3.Database;
let snapshots = 0;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'kms-log-'));
  file = join(directory, 'kms.sqlite');
  connection = opened(file);
});
afterEach(() => {
  connection.close();
  rmSync(directory, { recursive: true });
});

function opened(database: string): BetterSqlite3.Database {
  const open = new BetterSqlite3(database);
  open.pragma('journal_mode = WAL');
  open.pragma('synchronous = FULL');
  return open;
}

/** As the service starts, in its order. */
function started(): void {
  markLog(connection, file);
  connection.exec('CREATE TABLE t (x BLOB); CREATE INDEX by_x ON t (x)');
  settleMark(connection, file);
}

/** Some hundred pages: SQLite takes the log into the file now and then. */
function write(rows = 400): void {
  const insert = connection.prepare('INSERT INTO t VALUES (randomblob(3000))');
  const ten = connection.transaction(() => {
    for (let row = 0; row < 10; row += 1) insert.run();
  });
  for (let done = 0; done < rows; done += 10) ten();
}

/** The files as a power cut at this moment would leave them. A process of its own reads them: see `refuseForeignLog`. */
function snapshot(...suffixes: ('' | '-wal')[]): string {
  snapshots += 1;
  const copy = join(directory, `cut-${snapshots}.sqlite`);
  for (const suffix of suffixes) execFileSync('cp', ['-p', `${file}${suffix}`, `${copy}${suffix}`]);
  return copy;
}

function cut(): string {
  return snapshot('', '-wal');
}

function count(database: string): unknown {
  const open = new BetterSqlite3(database);
  try {
    return open.prepare('SELECT count(*) FROM t').pluck().get();
  } finally {
    open.close();
  }
}

describe('a log that its own database left', () => {
  it('is taken wherever in the first start the power was cut', () => {
    connection.pragma('user_version = 0');
    const cuts = [cut()];
    markLog(connection, file);
    cuts.push(cut());
    connection.exec('CREATE TABLE t (x BLOB)');
    cuts.push(cut());
    connection.exec('CREATE INDEX by_x ON t (x)');
    cuts.push(cut());
    settleMark(connection, file);
    cuts.push(cut());
    for (const each of cuts)
      expect(() => {
        refuseForeignLog(each);
      }).not.toThrow();
  });

  it('is taken at any time later, however often the log was begun anew', () => {
    started();
    const numbers = new Set<number>();
    for (let step = 0; step < 12; step += 1) {
      write();
      const each = cut();
      expect(isLogOf(each, `${each}-wal`)).toBe(true);
      expect(count(each)).toBe((step + 1) * 400);
      numbers.add(statSync(file).size);
    }
    // It did go into the file in between.
    expect(numbers.size).toBeGreaterThan(3);
  });

  it('is taken where another program read, wrote or emptied the log meanwhile', () => {
    started();
    write();
    for (const sql of [
      'PRAGMA wal_checkpoint(TRUNCATE)',
      'INSERT INTO t VALUES (1)',
      'PRAGMA wal_checkpoint(RESTART)',
    ]) {
      const other = new BetterSqlite3(file);
      other.exec(sql);
      other.exec('INSERT INTO t VALUES (2)');
      other.close();
      write();
      const each = cut();
      expect(isLogOf(each, `${each}-wal`)).toBe(true);
    }
  });

  it('is taken by the next start after a kill, and that one’s own as well', () => {
    started();
    write(10);
    const next = cut();
    connection.close();
    file = next;
    connection = opened(next);
    connection.pragma('wal_checkpoint(TRUNCATE)');
    connection.close();
    connection = opened(next);
    markLog(connection, next);
    settleMark(connection, next);
    write(10);
    const last = cut();
    expect(isLogOf(last, `${last}-wal`)).toBe(true);
    expect(count(last)).toBe(20);
  });

  it('is taken after a release that made no marks, unless the database is younger than the log', () => {
    connection.exec('CREATE TABLE t (x BLOB)');
    write(10);
    const older = cut();
    utimesSync(older, 1, 1);
    expect(isLogOf(older, `${older}-wal`)).toBe(true);
    utimesSync(older, 2_000_000_000, 2_000_000_000);
    expect(isLogOf(older, `${older}-wal`)).toBe(false);
  });
});

describe('a log of another database', () => {
  /** Puts a copy in the place of a killed database, whose log is still there. */
  function putInPlace(copy: string): string {
    const killed = cut();
    copyFileSync(copy, killed);
    return killed;
  }

  it.each<[string, (copy: string) => unknown]>([
    ['.backup', (copy) => connection.backup(copy)],
    ['VACUUM INTO', (copy) => connection.prepare('VACUUM INTO ?').run(copy)],
  ])('is refused beside a copy that %s took while it was written', async (_, take) => {
    started();
    write(10);
    const copy = join(directory, 'copy.sqlite');
    await take(copy);
    write(10);
    const mixed = putInPlace(copy);
    expect(() => {
      refuseForeignLog(mixed);
    }).toThrow(/^beside the database .* is a write-ahead log that was not written for it/);
    rmSync(`${mixed}-wal`);
    refuseForeignLog(mixed);
    expect(count(mixed)).toBe(10);
  });

  it('is refused beside the file of an earlier start', () => {
    started();
    write(10);
    connection.close();
    const copy = snapshot('');
    connection = opened(file);
    markLog(connection, file);
    settleMark(connection, file);
    write(10);
    const mixed = putInPlace(copy);
    expect(isLogOf(mixed, `${mixed}-wal`)).toBe(false);
  });

  it.each([
    [
      'another installation',
      (database: string) => {
        const other = opened(database);
        markLog(other, database);
        other.exec('CREATE TABLE t (x)');
        settleMark(other, database);
        other.close();
      },
    ],
    [
      'another program',
      (database: string) => {
        const other = new BetterSqlite3(database);
        other.exec('CREATE TABLE contacts (x)');
        other.close();
      },
    ],
  ])('is refused beside the database of %s', (_, make) => {
    started();
    write(10);
    const killed = cut();
    rmSync(killed);
    const other = join(directory, 'other.sqlite');
    make(other);
    copyFileSync(other, killed);
    expect(isLogOf(killed, `${killed}-wal`)).toBe(false);
  });

  it('is no obstacle when SQLite would not read it either', () => {
    started();
    connection.close();
    for (const content of ['', 'too short', 'x'.repeat(9000)]) {
      writeFileSync(`${file}-wal`, content);
      expect(isLogOf(file, `${file}-wal`)).toBe(true);
    }
    connection = opened(join(directory, 'unused.sqlite'));
  });
});

describe('a rollback journal', () => {
  it('is refused beside a database that is older than its first page', () => {
    started();
    write(40);
    connection.close();
    writeFileSync(`${file}-journal`, Buffer.concat([Buffer.from('d9d505f920a163d7', 'hex'), Buffer.alloc(600)]));
    expect(() => {
      refuseForeignLog(file);
    }).toThrow('a rollback journal that was not written for it');
    connection = opened(join(directory, 'unused.sqlite'));
  });
});
