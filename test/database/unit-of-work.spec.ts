import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SqliteUnitOfWork } from '../../src/database/sqlite-unit-of-work.js';
import { keep, kept, letOthersRun, migratedDatabase } from './migrated-database.js';
import type { MigratedDatabase } from './migrated-database.js';

let database: MigratedDatabase;
let unitOfWork: SqliteUnitOfWork;
beforeEach(async () => {
  database = await migratedDatabase();
  // However slow the machine is: batches that end early have tests of their own.
  unitOfWork = new SqliteUnitOfWork(database.dataSource, { budgetMs: Infinity });
});
afterEach(async () => {
  await unitOfWork.idle();
  await database.close();
});

describe('a unit of work', () => {
  it('has committed when it resolves', async () => {
    expect(await unitOfWork.write((transaction) => keep('one', transaction))).toBe('one');
    expect(database.committed()).toEqual(['one']);
  });

  it('rejects with what the work threw and keeps nothing of it', async () => {
    const write = unitOfWork.write(async (transaction) => {
      await keep('one', transaction);
      throw new Error('changed my mind');
    });
    await expect(write).rejects.toThrow('changed my mind');
    expect(database.committed()).toEqual([]);
  });

  it('runs writers one at a time', async () => {
    let open = 0;
    let mostOpen = 0;
    const writes = Array.from({ length: 20 }, (_, index) =>
      unitOfWork.write(async (transaction) => {
        open += 1;
        mostOpen = Math.max(mostOpen, open);
        await keep(`writer ${index}`, transaction);
        await letOthersRun();
        open -= 1;
      }),
    );
    await Promise.all(writes);
    expect(mostOpen).toBe(1);
    expect(database.committed()).toHaveLength(20);
  });

  it('shows a reader nothing of a write that is not committed', async () => {
    let isOpen = (): void => undefined;
    const opened = new Promise<void>((resolve) => (isOpen = resolve));
    const write = unitOfWork.write(async (transaction) => {
      await keep('never committed', transaction);
      isOpen();
      await letOthersRun();
      throw new Error('rolled back');
    });
    await opened;
    const seen = unitOfWork.read(kept);
    await expect(write).rejects.toThrow('rolled back');
    expect(await seen).toEqual([]);
  });

  it('lets no write begin while a reader reads, and runs readers side by side', async () => {
    let readers = 0;
    let mostReaders = 0;
    const twice = async (): Promise<[string[], string[]]> =>
      unitOfWork.read(async (transaction) => {
        readers += 1;
        mostReaders = Math.max(mostReaders, readers);
        const before = await kept(transaction);
        await letOthersRun();
        const after = await kept(transaction);
        readers -= 1;
        return [before, after];
      });
    const reads = [twice(), twice(), twice()];
    const write = unitOfWork.write((transaction) => keep('meanwhile', transaction));
    for (const [before, after] of await Promise.all(reads)) expect(after).toEqual(before);
    await write;
    expect(mostReaders).toBe(3);
    expect(await unitOfWork.read(kept)).toEqual(['meanwhile']);
  });

  it('lets readers in between writes that never cease', async () => {
    let left = 100;
    const writeOne = (name: string): Promise<unknown> => {
      left -= 1;
      return unitOfWork.write((transaction) => keep(name, transaction));
    };
    const chain = async (): Promise<void> => {
      while (left > 0) await Promise.all([writeOne(`a${left}`), writeOne(`b${left}`)]);
    };
    const chained = chain();
    const leftAtRead = await unitOfWork.read(() => Promise.resolve(left));
    await chained;
    expect(leftAtRead).toBeGreaterThan(80);
  });

  it.each(['write', 'read'] as const)('refuses to be opened inside a %s', async (outer) => {
    const nested = unitOfWork[outer](() => unitOfWork.write((transaction) => keep('inner', transaction)));
    await expect(nested).rejects.toThrow('inside another');
    const nestedRead = unitOfWork[outer](() => unitOfWork.read(kept));
    await expect(nestedRead).rejects.toThrow('inside another');
    expect(database.committed()).toEqual([]);
  });

  it('is idle only when everything that was asked for is done', async () => {
    const writes = Array.from({ length: 5 }, (_, index) =>
      unitOfWork.write(async (transaction) => {
        await letOthersRun();
        await keep(`slow ${index}`, transaction);
      }),
    );
    await unitOfWork.idle();
    expect(database.committed()).toHaveLength(5);
    await Promise.all(writes);
  });
});

describe('writes that wait at the same moment', () => {
  it('share a commit', async () => {
    const before = database.statements('COMMIT').length;
    await Promise.all(Array.from({ length: 200 }, (_, index) => unitOfWork.write((open) => keep(`w${index}`, open))));
    expect(database.committed()).toHaveLength(200);
    expect(database.statements('COMMIT').length - before).toBeLessThanOrEqual(5);
  });

  it('are undone one by one', async () => {
    const writes = Array.from({ length: 60 }, (_, index) =>
      unitOfWork.write(async (transaction) => {
        await keep(`w${index}`, transaction);
        if (index % 3 === 0) throw new Error(`no ${index}`);
        return index;
      }),
    );
    const settled = await Promise.allSettled(writes);
    settled.forEach((result, index) => {
      expect(result.status).toBe(index % 3 === 0 ? 'rejected' : 'fulfilled');
    });
    const survivors = settled.flatMap((result) => (result.status === 'fulfilled' ? [`w${result.value}`] : []));
    expect(database.committed()).toEqual(survivors.sort());
  });

  it('never see each other when one of them is undone', async () => {
    const seen: string[][] = [];
    const undone = unitOfWork.write(async (transaction) => {
      await keep('undone', transaction);
      throw new Error('undone');
    });
    const watching = unitOfWork.write(async (transaction) => seen.push(await kept(transaction)));
    await Promise.allSettled([undone, watching]);
    expect(seen).toEqual([[]]);
  });
});
