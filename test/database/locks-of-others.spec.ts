import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import BetterSqlite3 from 'better-sqlite3';
import { SqliteUnitOfWork } from '../../src/database/sqlite-unit-of-work.js';
import { keep, kept, letOthersRun, migratedDatabase } from './migrated-database.js';
import type { MigratedDatabase } from './migrated-database.js';

let database: MigratedDatabase;
let unitOfWork: SqliteUnitOfWork;
let other: BetterSqlite3.Database;
beforeEach(async () => {
  database = await migratedDatabase();
  unitOfWork = new SqliteUnitOfWork(database.dataSource, { budgetMs: Infinity });
  other = new BetterSqlite3(database.file, { timeout: 0 });
});
afterEach(async () => {
  await unitOfWork.idle();
  other.close();
  await database.close();
});

const write = (domain: string): Promise<string> => unitOfWork.write((open) => keep(domain, open));
const readAtOnce = (): Promise<unknown[]> =>
  unitOfWork.readAtOnce((statements) => statements.all('SELECT * FROM sealing_keys'));

/** What came of each: `done`, or the code of the error. */
async function outcomes(work: readonly Promise<unknown>[]): Promise<unknown[]> {
  const settled = await Promise.allSettled(work);
  return settled.map((one) => (one.status === 'fulfilled' ? 'done' : (one.reason as { code?: unknown }).code));
}

/** Lets timers run for a while, in which all of `waiting` must go on waiting; that they run shows that nothing blocks. */
async function whileWaiting(waiting: readonly Promise<unknown>[]): Promise<void> {
  let settled = 0;
  for (const one of waiting) one.finally(() => (settled += 1)).catch(() => undefined);
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setTimeout(resolve, 5));
  expect(settled).toBe(0);
}

/** As before write-ahead logs: readers keep writers from committing, and an exclusive transaction keeps out readers. */
async function withoutLog(): Promise<void> {
  other.close();
  database.closeReader();
  expect(await database.execute('PRAGMA journal_mode = DELETE')).toEqual([{ journal_mode: 'delete' }]);
  other = new BetterSqlite3(database.file, { timeout: 0 });
}

describe('a lock of another program', () => {
  it('is waited for between turns of the event loop, and then every write is done once', async () => {
    other.exec('BEGIN IMMEDIATE');
    const names = Array.from({ length: 100 }, (_, index) => `w${index}`).sort();
    const writes = names.map(write);
    await whileWaiting(writes);
    expect(database.committed()).toEqual([]);
    other.exec('COMMIT');
    expect(await outcomes(writes)).toEqual(names.map(() => 'done'));
    expect(database.committed()).toEqual(names);
  });

  it('is not waited for without end: all that wait are told, nothing of theirs is kept, and later work is done', async () => {
    other.exec('BEGIN IMMEDIATE');
    const writes = Array.from({ length: 200 }, (_, index) => write(`w${index}`));
    const atOnce = unitOfWork.writeAtOnce(() => 'never called');
    await whileWaiting([...writes, atOnce]);
    expect(new Set(await outcomes([...writes, atOnce]))).toEqual(new Set(['DATABASE.BUSY']));
    await unitOfWork.idle();
    other.exec('COMMIT');
    expect(await write('later')).toBe('later');
    expect(database.committed()).toEqual(['later']);
  });

  it('does not keep reads waiting that it does not lock out', async () => {
    await write('before');
    other.exec('BEGIN IMMEDIATE');
    const waiting = write('waiting');
    const reads = async (): Promise<void> => {
      expect(await readAtOnce()).toHaveLength(1);
      expect(await unitOfWork.read(kept)).toEqual(['before']);
    };
    await whileWaiting([waiting]);
    expect(await Promise.race([reads().then(() => 'read'), waiting])).toBe('read');
    other.exec('COMMIT');
    expect(await waiting).toBe('waiting');
  });

  it('that was taken for a moment again and again keeps nobody out for ever', async () => {
    const holding = setInterval(() => other.exec(other.inTransaction ? 'COMMIT' : 'BEGIN IMMEDIATE'), 7);
    for (let round = 0; round < 5; round += 1) expect(await write(`round ${round}`)).toBe(`round ${round}`);
    clearInterval(holding);
    if (other.inTransaction) other.exec('COMMIT');
    expect(database.committed()).toHaveLength(5);
  });

  it('is never waited for in the driver', async () => {
    await write('first');
    expect(await database.execute('PRAGMA busy_timeout')).toEqual([{ timeout: 0 }]);
  });
});

describe('a commit that finds a lock', () => {
  it('is made as soon as the lock is gone, once', async () => {
    await withoutLog();
    other.exec('BEGIN; SELECT * FROM sealing_keys');
    const writes = [write('one'), write('two')];
    await whileWaiting(writes);
    expect(database.statements('COMMIT').length).toBeGreaterThan(1);
    other.exec('COMMIT');
    expect(await outcomes(writes)).toEqual(['done', 'done']);
    expect(await unitOfWork.read(kept)).toEqual(['one', 'two']);
  });

  it('is undone when the lock stays, and the next write is as good as ever', async () => {
    await withoutLog();
    other.exec('BEGIN; SELECT * FROM sealing_keys');
    expect(await outcomes([write('one'), write('two')])).toEqual(['DATABASE.BUSY', 'DATABASE.BUSY']);
    other.exec('COMMIT');
    expect(await unitOfWork.read(kept)).toEqual([]);
    expect(await write('three')).toBe('three');
    expect(await unitOfWork.read(kept)).toEqual(['three']);
  });
});

describe('a read that finds a lock', () => {
  it.each([
    ['at once', (): Promise<unknown[]> => readAtOnce()],
    ['of several steps', (): Promise<unknown[]> => unitOfWork.read(kept)],
  ])('%s, is done as soon as the lock is gone', async (_, read) => {
    await write('one');
    await withoutLog();
    other.exec('BEGIN EXCLUSIVE');
    const reads = [read(), read()];
    await whileWaiting(reads);
    other.exec('COMMIT');
    for (const rows of await Promise.all(reads)) expect(rows).toHaveLength(1);
    expect(await write('two')).toBe('two');
  });

  it('is told when the lock stays, and the next read is as good as ever', async () => {
    await withoutLog();
    await readAtOnce();
    await letOthersRun();
    other.exec('BEGIN EXCLUSIVE');
    expect(await outcomes([readAtOnce(), unitOfWork.read(kept), write('one')])).toEqual([
      'DATABASE.BUSY',
      'DATABASE.BUSY',
      'DATABASE.BUSY',
    ]);
    other.exec('COMMIT');
    expect(await readAtOnce()).toEqual([]);
  });
});
