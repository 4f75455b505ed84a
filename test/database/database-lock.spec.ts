import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import BetterSqlite3 from 'better-sqlite3';
import { DatabaseLock } from '../../src/database/database-lock.js';
import { StartError } from '../../src/errors/start-error.js';

let directory: string;
let database: string;
let locks: DatabaseLock[];
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'kms-lock-'));
  database = join(directory, 'kms.sqlite');
  locks = [];
});
afterEach(() => {
  for (const lock of locks) lock.release();
  chmodSync(directory, 0o700);
  rmSync(directory, { recursive: true });
});

function acquire(file = database): DatabaseLock {
  const lock = DatabaseLock.acquire(file);
  locks.push(lock);
  return lock;
}

/** What the refusal says; fails the test when there is none. */
function refusal(file = database): string {
  try {
    acquire(file);
  } catch (error) {
    if (error instanceof StartError) return error.message;
    throw error;
  }
  throw new Error('it was not refused');
}

/** What SQLite says to another process that asks for the lock. */
function elsewhere(): string {
  const script = `
    const connection = new (require('better-sqlite3'))(process.argv[1]);
    connection.pragma('busy_timeout = 0');
    try { connection.exec('BEGIN EXCLUSIVE'); console.log('taken'); } catch (error) { console.log(error.code); }`;
  return execFileSync(process.execPath, ['-e', script, `${database}.lock`], { encoding: 'utf8' }).trim();
}

describe('the lock of a database', () => {
  it('is had by one at a time, and free again when it was released', () => {
    const lock = acquire();
    expect(refusal()).toMatch(/^DATABASE is in use by another process: [^\n]+$/);
    lock.release();
    lock.release();
    acquire();
  });

  it('is a file of its own for its owner’s eyes, and stays when it is released', () => {
    acquire().release();
    expect(readdirSync(directory)).toEqual(['kms.sqlite.lock']);
    expect(statSync(`${database}.lock`)).toMatchObject({ size: 0, mode: 0o100600 });
  });

  it('holds against other processes, also after this one was refused it a second time', () => {
    acquire();
    expect(elsewhere()).toBe('SQLITE_BUSY');
    refusal();
    expect(elsewhere()).toBe('SQLITE_BUSY');
  });

  it('ends with the process that held it, however that ended', () => {
    expect(elsewhere()).toBe('taken');
    acquire();
  });

  it('makes the directory if it is missing, for its owner alone', () => {
    acquire(join(directory, 'new', 'data', 'kms.sqlite'));
    expect(statSync(join(directory, 'new', 'data')).mode & 0o777).toBe(0o700);
  });

  it('is not needed in memory', () => {
    acquire(':memory:');
    acquire(':memory:');
    expect(existsSync(':memory:.lock')).toBe(false);
  });
});

describe('one database is one database', () => {
  it.each<[string, () => string]>([
    ['a path with detours', () => join(directory, 'x', '..', '.', 'kms.sqlite')],
    [
      'a link to its directory',
      () => {
        symlinkSync(directory, join(directory, 'linked'));
        return join(directory, 'linked', 'kms.sqlite');
      },
    ],
    [
      'a link to the file',
      () => {
        symlinkSync('kms.sqlite', join(directory, 'linked.sqlite'));
        return join(directory, 'linked.sqlite');
      },
    ],
    [
      'a link to a link',
      () => {
        mkdirSync(join(directory, 'beside'));
        symlinkSync('../kms.sqlite', join(directory, 'beside', 'once.sqlite'));
        symlinkSync('beside/once.sqlite', join(directory, 'twice.sqlite'));
        return join(directory, 'twice.sqlite');
      },
    ],
  ])('by %s, whether the file is there yet or not', (_, spelling) => {
    const spelt = spelling();
    acquire();
    expect(refusal(spelt)).toContain('in use');
    writeFileSync(database, '');
    expect(refusal(spelt)).toContain('in use');
  });

  it('so a file with a second name is refused by both, and welcome again when it has one', () => {
    writeFileSync(database, '');
    const other = join(directory, 'other.sqlite');
    linkSync(database, other);
    expect(refusal()).toContain('second name');
    expect(refusal(other)).toContain('second name');
    rmSync(other);
    copyFileSync(database, other);
    acquire();
    acquire(other);
  });
});

describe('a lock that cannot be had', () => {
  it.each<[string, () => void]>([
    ['its file is a directory', () => mkdirSync(`${database}.lock`)],
    ['its file is no SQLite file', () => writeFileSync(`${database}.lock`, 'no database, but long enough'.repeat(99))],
    [
      'the database’s directory is a file',
      () => {
        writeFileSync(database, '');
        database = join(database, 'kms.sqlite');
      },
    ],
    [
      'a link goes in circles',
      () => {
        symlinkSync('kms.sqlite', database);
      },
    ],
  ])('is refused in one line that names the setting and no path, as when %s', (_, spoil) => {
    spoil();
    const line = refusal();
    expect(line).toMatch(/^DATABASE cannot be used: [^\n]*\.lock file [^\n]*\((E|SQLITE_)[A-Z]+\)[^\n]*$/);
    expect(line).not.toContain(directory);
  });
});

describe('beside the lock', () => {
  it('others read, copy and write the database as before', async () => {
    const ours = new BetterSqlite3(database);
    ours.pragma('journal_mode = WAL');
    ours.exec('CREATE TABLE t (x); INSERT INTO t VALUES (1)');
    acquire();
    const other = new BetterSqlite3(database);
    await other.backup(join(directory, 'copy.sqlite'));
    other.exec('INSERT INTO t VALUES (2)');
    other.close();
    expect(ours.prepare('SELECT count(*) AS n FROM t').get()).toEqual({ n: 2 });
    const copy = new BetterSqlite3(join(directory, 'copy.sqlite'), { readonly: true });
    expect(copy.prepare('SELECT count(*) AS n FROM t').get()).toEqual({ n: 1 });
    copy.close();
    ours.close();
  });
});
