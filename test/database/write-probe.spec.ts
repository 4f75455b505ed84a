import { statSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import BetterSqlite3 from 'better-sqlite3';
import { SqliteUnitOfWork } from '../../src/database/sqlite-unit-of-work.js';
import { WriteProbe } from '../../src/database/write-probe.js';
import { keep, migratedDatabase } from './migrated-database.js';
import type { MigratedDatabase } from './migrated-database.js';

const FOR_EVER = 1_000_000_000;

let database: MigratedDatabase;
let unitOfWork: SqliteUnitOfWork;
beforeEach(async () => {
  database = await migratedDatabase();
  unitOfWork = new SqliteUnitOfWork(database.dataSource);
});
afterEach(() => database.close());

const testWrites = (): number => database.statements('PRAGMA user_version =').length;

/** A commit that fails, as on a full disk. */
async function failingCommit(): Promise<void> {
  await database.execute(
    `CREATE TRIGGER full BEFORE INSERT ON sealing_keys BEGIN SELECT RAISE(ROLLBACK, 'disk is full'); END`,
  );
  await expect(unitOfWork.write((open) => keep('lost', open))).rejects.toThrow('disk is full');
  await database.execute('DROP TRIGGER full');
}

describe('the test write', () => {
  it('reaches the disk each time, and neither changes nor grows the database', async () => {
    await database.execute('PRAGMA user_version = 7');
    const log = `${database.file}-wal`;
    const probe = new WriteProbe(unitOfWork, 0);
    for (let round = 0; round < 3; round += 1) {
      const before = statSync(log).size;
      expect(await probe.check()).toBeUndefined();
      // One page and the head of its frame.
      expect(statSync(log).size - before).toBe(4096 + 24);
    }
    expect(await database.execute('PRAGMA user_version')).toEqual([{ user_version: 7 }]);
    await database.execute('PRAGMA wal_checkpoint(TRUNCATE)');
    const size = statSync(database.file).size;
    for (let round = 0; round < 2_000; round += 1) await probe.check();
    await database.execute('PRAGMA wal_checkpoint(PASSIVE)');
    expect(statSync(database.file).size).toBe(size);
    // SQLite begins the log anew after a thousand pages.
    expect(statSync(log).size).toBeLessThan(1_100 * (4096 + 24));
  });

  it('is made once in its time, however many ask', async () => {
    const probe = new WriteProbe(unitOfWork, FOR_EVER);
    await Promise.all(Array.from({ length: 100 }, () => probe.check()));
    for (let round = 0; round < 10; round += 1) await probe.check();
    expect(testWrites()).toBe(1);
  });

  it('tells why it failed, without a path, and that all is well when it is', async () => {
    const probe = new WriteProbe(unitOfWork, 0);
    await database.execute('PRAGMA query_only = ON');
    expect(await probe.check()).toBe('a test write failed (SQLITE_READONLY)');
    await database.execute('PRAGMA query_only = OFF');
    expect(await probe.check()).toBeUndefined();

    const other = new BetterSqlite3(database.file);
    other.exec('BEGIN IMMEDIATE');
    expect(await probe.check()).toBe('another program has locked it');
    other.exec('COMMIT');
    other.close();
    expect(await probe.check()).toBeUndefined();
  });
});

describe('a commit that failed', () => {
  it('is told until a test write has succeeded, whatever else is committed', async () => {
    const seldom = new WriteProbe(unitOfWork, FOR_EVER);
    expect(await seldom.check()).toBeUndefined();
    await failingCommit();
    expect(await seldom.check()).toBe('the last commit failed');
    await unitOfWork.writeAtOnce(() => 'nothing');
    expect(await seldom.check()).toBe('the last commit failed');
    expect(testWrites()).toBe(1);
    expect(await new WriteProbe(unitOfWork, 0).check()).toBeUndefined();
  });

  it('is also one statement that the disk had no room for', async () => {
    const seldom = new WriteProbe(unitOfWork, FOR_EVER);
    expect(await seldom.check()).toBeUndefined();
    await database.execute('PRAGMA max_page_count = 1');
    const large = unitOfWork.writeAtOnce((statements) =>
      statements.run(`INSERT INTO sealing_keys VALUES ('large', ?)`, 'x'.repeat(100_000)),
    );
    await expect(large).rejects.toMatchObject({ code: 'SQLITE_FULL' });
    expect(await seldom.check()).toBe('the last commit failed');
  });

  it('is none where the work itself said no', async () => {
    const seldom = new WriteProbe(unitOfWork, FOR_EVER);
    expect(await seldom.check()).toBeUndefined();
    await expect(unitOfWork.write(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await seldom.check()).toBeUndefined();
  });
});
