import { describe, expect, it } from '@jest/globals';
import type { WriteBatch } from '../../src/database/waiting-writes.js';
import { WorkQueue } from '../../src/database/work-queue.js';
import type { WriteOrder } from '../../src/database/write-order.js';
import { letOthersRun } from './migrated-database.js';

interface NamedWrite extends WriteOrder {
  readonly name: string;
}

const named = (name: string): NamedWrite => ({ name, lane: 'ordinary', holder: '' });

function namesIn(batch: WriteBatch<NamedWrite>): string[] {
  const names: string[] = [];
  for (let write = batch.next(false); write !== undefined; write = batch.next(false)) names.push(write.name);
  return names;
}

const bounds = (mostTogether: number) => ({ mostWaiting: 1000, mostTogether });

describe('the queue in front of the one connection', () => {
  it('goes on after a read that throws before it waits for anything', async () => {
    const written: string[] = [];
    const queue = new WorkQueue<NamedWrite>(bounds(8), (batch) => {
      written.push(...namesIn(batch));
      return Promise.resolve('done');
    });
    const throwing = queue.addRead(() => {
      throw new Error('at once');
    });
    await expect(throwing).rejects.toThrow('at once');
    queue.addWrite(named('a'));
    await queue.idle();
    expect(written).toEqual(['a']);
  });

  it('hands over at most as many writes at once as it was told, in the order they came', async () => {
    const batches: string[][] = [];
    const queue = new WorkQueue<NamedWrite>(bounds(3), (batch) => {
      batches.push(namesIn(batch));
      return Promise.resolve('done');
    });
    for (const name of '1234567') queue.addWrite(named(name));
    await queue.idle();
    expect(batches).toEqual([['1', '2', '3'], ['4', '5', '6'], ['7']]);
  });

  it('lets a waiting write go before reads that come later, and waiting reads before the next batch', async () => {
    const order: string[] = [];
    const queue = new WorkQueue<NamedWrite>(bounds(1), async (batch) => {
      order.push(...namesIn(batch));
      await letOthersRun();
      return 'done';
    });
    const read = (name: string): Promise<void> =>
      queue.addRead(async () => {
        order.push(name);
        await letOthersRun();
      });
    const reads = [read('read 1')];
    queue.addWrite(named('write 1'));
    queue.addWrite(named('write 2'));
    reads.push(read('read 2'), read('read 3'));
    await Promise.all([...reads, queue.idle()]);
    expect(order).toEqual(['read 1', 'write 1', 'read 2', 'read 3', 'write 2']);
  });

  it('goes on at once with what a batch has left, after a turn of the event loop', async () => {
    const order: string[] = [];
    const queue = new WorkQueue<NamedWrite>(bounds(8), (batch) => {
      order.push(batch.next(false)?.name ?? '');
      setImmediate(() => order.push('a turn of others'));
      return Promise.resolve('done');
    });
    queue.addWrite(named('1'));
    queue.addWrite(named('2'));
    await queue.idle();
    expect(order).toEqual(['1', 'a turn of others', '2']);
  });

  it('tries again later what a lock kept waiting, unless somebody takes it', async () => {
    let attempts = 0;
    const queue = new WorkQueue<NamedWrite>(bounds(8), (batch) => {
      attempts += 1;
      if (attempts < 3) return Promise.resolve('locked');
      return Promise.resolve(namesIn(batch).length === 1 ? 'done' : 'locked');
    });
    queue.addWrite(named('1'));
    queue.addWrite(named('2'));
    expect(queue.takeWritesWhere(({ name }) => name === '1')).toEqual([named('1')]);
    await queue.idle();
    expect(attempts).toBe(3);
  });

  it('is idle at once when nothing was asked of it', async () => {
    const queue = new WorkQueue<NamedWrite>(bounds(1), () => Promise.resolve('done'));
    expect(await queue.idle()).toBeUndefined();
  });
});
