import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import BetterSqlite3 from 'better-sqlite3';
import type { Statements } from '../../src/database/statements.js';
import { SqliteUnitOfWork } from '../../src/database/sqlite-unit-of-work.js';
import { keep, letOthersRun, migratedDatabase } from './migrated-database.js';
import type { MigratedDatabase } from './migrated-database.js';

let database: MigratedDatabase;
let unitOfWork: SqliteUnitOfWork;
beforeEach(async () => {
  database = await migratedDatabase();
  unitOfWork = new SqliteUnitOfWork(database.dataSource, { budgetMs: Infinity });
});
afterEach(async () => {
  await unitOfWork.idle();
  await database.close();
});

const keepAtOnce = (domain: string, statements: Statements): number =>
  statements.run('INSERT INTO sealing_keys (domain, key_id) VALUES (?, ?)', domain, domain);

const keptAtOnce = (statements: Statements): string[] =>
  statements.all<{ domain: string }>('SELECT domain FROM sealing_keys ORDER BY domain').map(({ domain }) => domain);

describe('work that waits for nothing', () => {
  it('is committed when its promise resolves', async () => {
    expect(await unitOfWork.writeAtOnce((open) => keepAtOnce('one', open))).toBe(1);
    expect(database.committed()).toEqual(['one']);
  });

  it('is undone alone when it throws, and shares the commit with any other', async () => {
    const before = database.statements('COMMIT').length;
    const settled = await Promise.allSettled([
      unitOfWork.writeAtOnce((open) => keepAtOnce('one', open)),
      unitOfWork.writeAtOnce((open) => {
        keepAtOnce('two', open);
        throw new Error('changed my mind');
      }),
      unitOfWork.write((open) => keep('three', open)),
    ]);
    expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(database.committed()).toEqual(['one', 'three']);
    expect(database.statements('COMMIT').length - before).toBe(1);
  });

  it('reads before it returns where no write is running', () => {
    let seen: string[] | undefined;
    void unitOfWork.readAtOnce((open) => (seen = keptAtOnce(open)));
    expect(seen).toEqual([]);
  });

  it('rejects with what a read throws', async () => {
    const read = unitOfWork.readAtOnce(() => {
      throw new Error('unreadable');
    });
    await expect(read).rejects.toThrow('unreadable');
  });

  it('reads nothing of a write that is not committed', async () => {
    let isOpen = (): void => undefined;
    const opened = new Promise<void>((resolve) => (isOpen = resolve));
    const write = unitOfWork.write(async (transaction) => {
      await keep('never committed', transaction);
      isOpen();
      await letOthersRun();
      throw new Error('rolled back');
    });
    await opened;
    const seen = unitOfWork.readAtOnce(keptAtOnce);
    await expect(write).rejects.toThrow('rolled back');
    expect(await seen).toEqual([]);
  });

  it('reads what was acknowledged before, also by a write that followed a read at once', async () => {
    for (const domain of ['a', 'b', 'c']) {
      await unitOfWork.readAtOnce(keptAtOnce);
      await unitOfWork.write((open) => keep(domain, open));
      expect(await unitOfWork.readAtOnce(keptAtOnce)).toContain(domain);
    }
  });

  it('shows what another connection has committed from the next turn of the event loop on', async () => {
    expect(await unitOfWork.readAtOnce(keptAtOnce)).toEqual([]);
    const other = new BetterSqlite3(database.file);
    other.exec(`INSERT INTO sealing_keys (domain, key_id) VALUES ('elsewhere', 'x')`);
    other.close();
    await new Promise((resolve) => setImmediate(resolve));
    expect(await unitOfWork.readAtOnce(keptAtOnce)).toEqual(['elsewhere']);
  });
});
