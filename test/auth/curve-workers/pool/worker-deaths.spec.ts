import { describe, expect, it } from '@jest/globals';
import { watchWorkers } from '../new-workers.js';
import { outcomesOf, scriptedPools } from '../scripted-pool.js';
import type { Start } from '../scripted-pool.js';

const start = scriptedPools();

const INTERRUPTED = 'SIGNING.INTERRUPTED';

describe('a worker that dies', () => {
  it.each(['throws', 'exits', 'hangs', 'garbles'])(
    'because it %s answers its own batch with an error and no other',
    async (end) => {
      const { run, deaths } = await start({ patience: { batch: 200, job: 0 } });
      const dying = run(end);
      const waiting = run('right 1', 'right 2', 'right 3', 'right 4', 'right 5');
      expect(await outcomesOf([...dying, ...waiting])).toEqual([INTERRUPTED, ...waiting.map(() => 'answered')]);
      expect(deaths()).toBe(1);
    },
  );

  it('in the middle of a batch is replaced, and all of the batch are told', async () => {
    const watched = watchWorkers();
    const { run, openGate, batchSizes } = await start();
    const first = run('waits');
    const batch = run('hangs', 'right', 'right');
    openGate();
    expect(await outcomesOf(first)).toEqual(['answered']);
    expect(batchSizes).toEqual([1, 3]);
    const waiting = run('right', 'right');
    await watched.all[0]?.terminate();
    expect(await outcomesOf(batch)).toEqual([INTERRUPTED, INTERRUPTED, INTERRUPTED]);
    expect(await outcomesOf(waiting)).toEqual(['answered', 'answered']);
    expect(batchSizes).toEqual([1, 3, 2]);
    expect([watched.all.length, watched.alive().length]).toEqual([2, 1]);
    watched.stopWatching();
  });

  it('leaves the batches of the other workers alone', async () => {
    const { run, openGate } = await start({ workers: 2 });
    const held = run('waits');
    expect(await outcomesOf(run('throws'))).toEqual([INTERRUPTED]);
    openGate();
    expect(await outcomesOf([...held, ...run('right')])).toEqual(['answered', 'answered']);
  });

  it('and cannot be replaced leaves nobody waiting, and is replaced when that is possible again', async () => {
    const starts: Start[] = ['is ready', 'throws', 'throws', 'is ready'];
    const { run } = await start({ starts, patience: { retry: 1 } });
    const answers = run('throws', 'right');
    expect(await outcomesOf(answers)).toEqual([INTERRUPTED, INTERRUPTED]);
    const again = async (): Promise<true | undefined> =>
      (await outcomesOf(run('right')))[0] === 'answered' ? true : undefined;
    expect(await eventually(again)).toBe(true);
  });
});

describe('a pool of which a worker cannot start', () => {
  const CASES: [string, Start[]][] = [
    ['throws', ['throws']],
    ['ends', ['ends']],
    ['is silent', ['is silent']],
    ['is ready, but another throws', ['is ready', 'throws']],
    ['throws, while the others have not answered yet', ['is silent', 'throws', 'is silent']],
  ];
  it.each(CASES)('rejects and leaves no thread: one %s', async (_, starts) => {
    const watched = watchWorkers();
    await expect(start({ workers: 3, starts, patience: { start: 500 } })).rejects.toThrow();
    expect(watched.all).toHaveLength(3);
    expect(watched.alive()).toEqual([]);
    watched.stopWatching();
  });

  it('rejects when there is no such file', async () => {
    const watched = watchWorkers();
    await expect(start({ workerFile: new URL('./absent-worker.mjs', import.meta.url) })).rejects.toThrow('absent');
    expect(watched.alive()).toEqual([]);
    watched.stopWatching();
  });
});

describe('closing a pool', () => {
  it('lets the batch under way be answered, and rejects what waits and what comes', async () => {
    const { pool, run, openGate } = await start();
    const underWay = run('waits');
    const waiting = run('right 1', 'right 2');
    const closed = pool.close();
    expect(await outcomesOf([...waiting, ...run('right 3')])).toEqual([INTERRUPTED, INTERRUPTED, INTERRUPTED]);
    openGate();
    expect(await outcomesOf(underWay)).toEqual(['answered']);
    await closed;
  });

  it('ends every thread, one that hangs too, and starts none', async () => {
    const watched = watchWorkers();
    const { pool, run, deaths } = await start({ workers: 2, patience: { close: 50 } });
    // Looked at from the start: a rejection that nobody waits for yet would end the test.
    const hanging = outcomesOf(run('hangs'));
    await pool.close();
    expect(await hanging).toEqual([INTERRUPTED]);
    expect(watched.alive()).toEqual([]);
    expect(watched.all).toHaveLength(2);
    expect(deaths()).toBe(0);
    watched.stopWatching();
  });

  it('while a worker is being replaced leaves no thread', async () => {
    const watched = watchWorkers();
    const { pool, run } = await start({ starts: ['is ready', 'is silent'] });
    expect(await outcomesOf(run('throws'))).toEqual([INTERRUPTED]);
    await eventually(() => (watched.all.length === 2 ? true : undefined));
    await pool.close();
    expect(watched.alive()).toEqual([]);
    watched.stopWatching();
  });
});

/** Looks, one turn of the event loop after the other, until there is something to see. */
async function eventually<T>(look: () => T | undefined | Promise<T | undefined>): Promise<T> {
  for (;;) {
    const seen = await look();
    if (seen !== undefined) return seen;
    await new Promise((resolve) => setImmediate(resolve));
  }
}
