import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SqliteUnitOfWork } from '../../src/database/sqlite-unit-of-work.js';
import { keep, kept, migratedDatabase, orphan } from './migrated-database.js';
import type { MigratedDatabase } from './migrated-database.js';

let database: MigratedDatabase;
let unitOfWork: SqliteUnitOfWork;
beforeEach(async () => {
  database = await migratedDatabase();
  unitOfWork = new SqliteUnitOfWork(database.dataSource, { budgetMs: Infinity });
  // As SQLite does by itself on a full disk: the whole transaction ends, not only the statement.
  await database.execute(
    `CREATE TRIGGER disk_is_full BEFORE INSERT ON sealing_keys WHEN NEW.domain = 'too much'
      BEGIN SELECT RAISE(ROLLBACK, 'disk is full'); END`,
  );
});
afterEach(() => database.close());

const write = (domain: string): Promise<string> => unitOfWork.write((transaction) => keep(domain, transaction));

async function outcomes(writes: readonly Promise<unknown>[]): Promise<string[]> {
  return (await Promise.allSettled(writes)).map(({ status }) => status);
}

describe('a batch whose commit fails', () => {
  it('rejects every write and keeps none', async () => {
    expect(await outcomes([write('before'), unitOfWork.write(orphan), write('after')])).toEqual([
      'rejected',
      'rejected',
      'rejected',
    ]);
    expect(database.committed()).toEqual([]);
    expect(await unitOfWork.read(kept)).toEqual([]);
  });
});

describe('a batch in which SQLite ends the transaction by itself', () => {
  it('rejects every write that it had begun and keeps none; those that come later are written in another', async () => {
    expect(await outcomes([write('before'), write('too much'), write('after')])).toEqual([
      'rejected',
      'rejected',
      'fulfilled',
    ]);
    expect(database.committed()).toEqual(['after']);
    expect(await unitOfWork.read(kept)).toEqual(['after']);
  });

  it('rejects every write that it had begun when the work itself swallowed the error', async () => {
    const before = write('before');
    const careless = unitOfWork.write(async (transaction) => {
      await keep('too much', transaction).catch(() => undefined);
      await keep('outside any transaction', transaction);
    });
    expect(await outcomes([before, careless, write('after')])).toEqual(['rejected', 'rejected', 'fulfilled']);
    expect(database.committed()).not.toContain('before');
    expect(database.committed()).toContain('after');
  });
});

describe('after a broken transaction', () => {
  it.each<[string, () => Promise<unknown>]>([
    ['a failed commit', () => unitOfWork.write(orphan)],
    ['a transaction that SQLite ended', () => write('too much')],
  ])('%s, writes are as durable and as separate as before', async (_, breakOnce) => {
    for (let round = 0; round < 3; round += 1) {
      await outcomes([breakOnce()]);
      expect(await write(`kept ${round}`)).toBe(`kept ${round}`);
      expect(database.committed()).toContain(`kept ${round}`);
      await outcomes([unitOfWork.write(orphan)]);
      const undone = unitOfWork.write(async (transaction) => {
        await keep('undone', transaction);
        throw new Error('undone');
      });
      expect(await outcomes([undone, write(`beside ${round}`)])).toEqual(['rejected', 'fulfilled']);
      expect(database.committed()).toContain(`beside ${round}`);
      expect(database.committed()).not.toContain('undone');
    }
    expect(await unitOfWork.read(kept)).toEqual(database.committed());
  });
});
