import { describe, expect, it } from '@jest/globals';
import { JobQueue } from '../../../../src/auth/curve-workers/pool/job-queue.js';
import { Suspects } from '../../../../src/auth/curve-workers/pool/suspects.js';
import { jobNamed } from '../scripted-pool.js';

/** A queue with these in it, each named by its party and a number. */
function queueOf(batchMax: number, names: readonly string[], suspects = new Suspects()): JobQueue {
  const queue = new JobQueue(1000, batchMax, suspects);
  for (const name of names) add(queue, name);
  return queue;
}

function add(queue: JobQueue, name: string): void {
  const [party = ''] = name.split(' ');
  queue.add({
    job: jobNamed(name),
    party,
    queuedAtMs: 0,
    resolve: () => undefined,
    reject: () => undefined,
  });
}

const numbered = (party: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${party} ${index + 1}`);

const taken = (queue: JobQueue): string[] => queue.takeBatch().map(({ job }) => job.shareId);

describe('parties that have jobs waiting', () => {
  it('share a batch, whoever came first and has more', () => {
    const queue = queueOf(4, [...numbered('flood', 9), ...numbered('honest', 3)]);
    expect(taken(queue)).toEqual(['flood 1', 'honest 1', 'flood 2', 'honest 2']);
    expect(taken(queue)).toEqual(['flood 3', 'honest 3', 'flood 4', 'flood 5']);
    expect(taken(queue)).toEqual(['flood 6', 'flood 7', 'flood 8', 'flood 9']);
    expect([queue.length, taken(queue)]).toEqual([0, []]);
  });

  it('take turns from batch to batch where not all have room in one', () => {
    const queue = queueOf(2, [...numbered('a', 2), ...numbered('b', 2), ...numbered('c', 2)]);
    expect([taken(queue), taken(queue), taken(queue)]).toEqual([
      ['a 1', 'b 1'],
      ['c 1', 'a 2'],
      ['b 2', 'c 2'],
    ]);
  });

  it('do not wait for those of a flood that came while they waited', () => {
    const queue = queueOf(1, [...numbered('flood', 5), 'honest 1']);
    expect(taken(queue)).toEqual(['flood 1']);
    for (const name of numbered('flood', 5)) add(queue, name);
    expect(taken(queue)).toEqual(['honest 1']);
  });

  it('wait for one batch of somebody who is suspected, not for all that those have', () => {
    const suspects = new Suspects();
    const wrong = 'flood wrong';
    for (let time = 0; time < 3; time += 1) suspects.observe(jobNamed(wrong), { outcome: 'wrong-partial' });
    const queue = queueOf(2, [...Array.from({ length: 6 }, () => wrong), ...numbered('honest', 3)], suspects);
    expect([taken(queue), taken(queue), taken(queue), taken(queue)]).toEqual([
      [wrong, wrong],
      ['honest 1', 'honest 2'],
      [wrong, wrong],
      ['honest 3'],
    ]);
  });

  it('are all given back for a shutdown', () => {
    const queue = queueOf(2, [...numbered('a', 2), ...numbered('b', 1)]);
    expect(queue.takeAll().map(({ job }) => job.shareId)).toEqual(['a 1', 'a 2', 'b 1']);
    expect([queue.length, queue.isFull, taken(queue)]).toEqual([0, false, []]);
  });
});
