import { describe, expect, it } from '@jest/globals';
import { outcomesOf, scriptedPools, togetherWith } from '../scripted-pool.js';
import type { ScriptedPool } from '../scripted-pool.js';

const start = scriptedPools();

/** As many ids as asked for. */
const ids = (count: number): string[] => Array.from({ length: count }, (_, index) => `right ${index}`);

describe('a pool of curve workers', () => {
  it('gives a job to a free worker in the same breath, alone', async () => {
    const { batchSizes, depths, run } = await start();
    const [answer] = run('right');
    expect(batchSizes).toEqual([1]);
    expect(depths.at(-1)).toBe(0);
    expect(togetherWith((await answer) ?? { outcome: 'users-own' })).toEqual(['right']);
  });

  it('takes what waits together when a worker is free, the oldest first, up to the greatest batch', async () => {
    const { batchSizes, depths, run, openGate } = await start({ batchMax: 4 });
    const first = run('waits');
    const waiting = run(...ids(10));
    expect(batchSizes).toEqual([1]);
    expect(depths.at(-1)).toBe(10);
    openGate();
    const results = await Promise.all([...first, ...waiting]);
    expect(batchSizes).toEqual([1, 4, 4, 2]);
    const inOrder = ['waits', ...ids(10)];
    const batches = [inOrder.slice(0, 1), inOrder.slice(1, 5), inOrder.slice(5, 9), inOrder.slice(9)];
    expect(results.map(togetherWith)).toEqual(batches.flatMap((batch) => batch.map(() => batch)));
  });

  it('lets every worker take a batch', async () => {
    const { batchSizes, run, openGate } = await start({ workers: 3 });
    const answers = run('waits 0', 'waits 1', 'waits 2', ...ids(6));
    expect(batchSizes).toEqual([1, 1, 1]);
    openGate();
    expect(await outcomesOf(answers)).toEqual(answers.map(() => 'answered'));
  });

  it('refuses at once what finds the queue full, and nothing that waits', async () => {
    const { run, openGate } = await start({ queueMax: 3 });
    const accepted = run('waits', ...ids(3));
    // The worker is still held: nothing but the refusal itself can end these.
    expect(await outcomesOf(run('right', 'right'))).toEqual(['SIGNING.OVERLOADED', 'SIGNING.OVERLOADED']);
    openGate();
    expect(await outcomesOf(accepted)).toEqual(accepted.map(() => 'answered'));
    expect(await outcomesOf(run('right'))).toEqual(['answered']);
  });

  it('believes the first answer to a batch and no second', async () => {
    const { run } = await start();
    const [answer] = run('twice');
    expect((await answer)?.outcome).toBe('signed');
    expect((await Promise.all(run('right 1', 'right 2'))).map(({ outcome }) => outcome)).toEqual(['signed', 'signed']);
  });

  it('calls a job interrupted that the worker gave no result for', async () => {
    const { run, openGate } = await start();
    const first = run('waits');
    const short = run('right', 'short');
    openGate();
    expect(await outcomesOf([...first, ...short])).toEqual(['answered', 'answered', 'SIGNING.INTERRUPTED']);
  });
});

describe('whoever fails three times in a row', () => {
  /** The batches that the ids are done in while the worker is held until all wait. */
  async function batchesOf(scripted: ScriptedPool, ...waiting: string[]): Promise<string[][]> {
    const answers = scripted.run(...waiting);
    return (await Promise.all(answers)).map(togetherWith);
  }

  const failed = async (scripted: ScriptedPool, times: number): Promise<void> => {
    for (let time = 0; time < times; time += 1) await Promise.all(scripted.run('wrong mallory'));
  };

  it.each([
    [2, [['waits'], ['wrong mallory', 'right 1', 'right 2', 'right 3']]],
    [3, [['waits'], ['wrong mallory'], ['right 1', 'right 2', 'right 3']]],
  ])('is alone in a batch, and nobody else: after %d failures', async (failures, expected) => {
    const scripted = await start();
    await failed(scripted, failures);
    const all = batchesOf(scripted, 'waits', 'wrong mallory', 'right 1', 'right 2', 'right 3');
    scripted.openGate();
    expect([...new Set((await all).map((batch) => batch.join()))]).toEqual(expected.map((batch) => batch.join()));
  });

  it('shares a batch with no other suspect', async () => {
    const scripted = await start();
    for (let time = 0; time < 3; time += 1) {
      await Promise.all(scripted.run('wrong mallory'));
      await Promise.all(scripted.run('wrong trudy'));
    }
    const all = batchesOf(scripted, 'waits', 'wrong mallory', 'wrong trudy', 'wrong mallory');
    scripted.openGate();
    expect((await all).slice(1)).toEqual([
      ['wrong mallory', 'wrong mallory'],
      ['wrong trudy'],
      ['wrong mallory', 'wrong mallory'],
    ]);
  });
});
