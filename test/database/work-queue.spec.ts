import { describe, expect, it } from '@jest/globals';
import { WorkQueue } from '../../src/database/work-queue.js';
import { letOthersRun } from './migrated-database.js';

describe('the queue in front of the one connection', () => {
  it('goes on after a read that throws before it waits for anything', async () => {
    const queue = new WorkQueue<() => void>(8, (batch) => {
      for (const write of batch) write();
      return Promise.resolve([]);
    });
    const throwing = queue.addRead(() => {
      throw new Error('at once');
    });
    await expect(throwing).rejects.toThrow('at once');
    await new Promise<void>((resolve) => {
      queue.addWrite(resolve);
    });
    await queue.idle();
  });

  it('hands over at most as many writes at once as it was told, in the order they came', async () => {
    const batches: number[][] = [];
    const queue = new WorkQueue<number>(3, (batch) => {
      batches.push([...batch]);
      return Promise.resolve([]);
    });
    for (let write = 1; write <= 7; write += 1) queue.addWrite(write);
    await queue.idle();
    expect(batches).toEqual([[1, 2, 3], [4, 5, 6], [7]]);
  });

  it('lets a waiting write go before reads that come later, and waiting reads before the next batch', async () => {
    const order: string[] = [];
    const queue = new WorkQueue<string>(1, async (batch) => {
      order.push(...batch);
      await letOthersRun();
      return [];
    });
    const read = (name: string): Promise<void> =>
      queue.addRead(async () => {
        order.push(name);
        await letOthersRun();
      });
    const reads = [read('read 1')];
    queue.addWrite('write 1');
    queue.addWrite('write 2');
    reads.push(read('read 2'), read('read 3'));
    await Promise.all([...reads, queue.idle()]);
    expect(order).toEqual(['read 1', 'write 1', 'read 2', 'read 3', 'write 2']);
  });

  it('is idle at once when nothing was asked of it', async () => {
    const queue = new WorkQueue<string>(1, () => Promise.resolve([]));
    expect(await queue.idle()).toBeUndefined();
  });
});
