import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SqliteUnitOfWork } from '../../src/database/sqlite-unit-of-work.js';
import type { WriteBounds } from '../../src/database/sqlite-unit-of-work.js';
import type { WriteLane } from '../../src/database/write-order.js';
import { codeOf } from '../../src/errors/error-code.js';
import { keep, migratedDatabase } from './migrated-database.js';
import type { MigratedDatabase } from './migrated-database.js';

let database: MigratedDatabase;
let unitOfWork: SqliteUnitOfWork;
/** The names of the writes in the order in which they were durable. */
let durable: string[];
beforeEach(async () => {
  database = await migratedDatabase();
  durable = [];
});
afterEach(async () => {
  await unitOfWork.idle();
  await database.close();
});

function open(bounds: Partial<WriteBounds>): void {
  unitOfWork = new SqliteUnitOfWork(database.dataSource, bounds);
}

/** Uses up some time without giving it to anybody else. */
function work(milliseconds: number): void {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
}

async function write(name: string, lane: WriteLane, holder: string, milliseconds = 0): Promise<void> {
  await unitOfWork.write(
    (transaction) => {
      work(milliseconds);
      return keep(name, transaction);
    },
    { lane, holder },
  );
  durable.push(name);
}

const commits = (): number => database.statements('COMMIT').length;

describe('a batch of writes', () => {
  it('ends when it has taken its time: the event loop has a turn, and the rest is written then', async () => {
    open({ budgetMs: 10 });
    const before = commits();
    let turns = 0;
    const turning = setInterval(() => (turns += 1), 1);
    await Promise.all(Array.from({ length: 12 }, (_, index) => write(`w${index}`, 'making', 'flood', 6)));
    clearInterval(turning);
    // Two of six milliseconds are beyond ten.
    expect(commits() - before).toBeGreaterThanOrEqual(6);
    expect(turns).toBeGreaterThanOrEqual(5);
    expect(durable).toEqual(Array.from({ length: 12 }, (_, index) => `w${index}`));
    expect(database.committed()).toHaveLength(12);
  });

  it('lets what protects, and signatures, pass a flood of what makes', async () => {
    open({ budgetMs: 0 });
    const flood = Array.from({ length: 100 }, (_, index) => write(`made ${index}`, 'making', 'flood'));
    const others = [write('revoked', 'protective', 'alice'), write('read', 'ordinary', 'alice')];
    const signed = unitOfWork.writeAtOnce(() => durable.length);
    await Promise.all([...others, signed]);
    // One of those that make goes along with each batch, so that they do not starve.
    expect(durable.length).toBeLessThanOrEqual(4);
    await Promise.all(flood);
    expect(durable).toHaveLength(102);
  });

  it('lets everybody make something in turn', async () => {
    open({ budgetMs: 0 });
    const flood = Array.from({ length: 100 }, (_, index) => write(`made ${index}`, 'making', 'flood'));
    await write('made by alice', 'making', 'alice');
    expect(durable.length).toBeLessThanOrEqual(4);
    await Promise.all(flood);
  });

  it('never keeps what makes waiting for ever', async () => {
    open({ budgetMs: 0 });
    let isMade = false;
    const made = write('made', 'making', 'alice').then(() => (isMade = true));
    let revoked = 0;
    const revoking = async (holder: string): Promise<void> => {
      for (; !isMade && revoked < 100; revoked += 1) await write(`revoked ${holder} ${revoked}`, 'protective', holder);
    };
    await Promise.all([made, revoking('bob'), revoking('carol')]);
    expect(revoked).toBeLessThan(10);
  });
});

describe('a write that finds no room', () => {
  it('is refused at once, and nothing of it is done; everybody else goes on', async () => {
    open({ mostWaiting: 20, budgetMs: 0 });
    const flood = await Promise.allSettled(
      Array.from({ length: 100 }, (_, index) => write(`made ${index}`, 'making', 'flood')).concat([
        write('made by alice', 'making', 'alice'),
        write('revoked by the flood', 'protective', 'flood'),
      ]),
    );
    const refused = flood.flatMap((one) => (one.status === 'rejected' ? [codeOf(one.reason)] : []));
    expect(refused).toEqual(Array.from({ length: 90 }, () => 'WRITES.OVERLOADED'));
    expect(database.committed()).toHaveLength(12);
    await write('again', 'making', 'flood');
    expect(database.committed()).toHaveLength(13);
  });
});
