import { describe, expect, it } from '@jest/globals';
import type { CurveJob, CurveResult } from '../../../../src/auth/curve-workers/protocol/curve-job.js';
import { JobQueue } from '../../../../src/auth/curve-workers/pool/job-queue.js';
import { Suspects } from '../../../../src/auth/curve-workers/pool/suspects.js';
import { jobNamed } from '../scripted-pool.js';

const WRONG: CurveResult = { outcome: 'wrong-partial' };
const FAILURES: readonly CurveResult[] = [
  WRONG,
  { outcome: 'malformed-partial', reason: 'not a point' },
  { outcome: 'failed', reason: 'ours' },
];
const SUCCESSES: readonly CurveResult[] = [
  { outcome: 'signed', signature: new Uint8Array(32) },
  { outcome: 'users-own' },
];

function afterFailures(count: number, name = 'mallory'): Suspects {
  const suspects = new Suspects();
  for (let time = 0; time < count; time += 1) suspects.observe(jobNamed(name), WRONG);
  return suspects;
}

describe('a split key', () => {
  it.each([
    [0, false],
    [2, false],
    [3, true],
    [9, true],
  ])('after %d failures in a row is suspected: %s', (failures, isSuspect) => {
    expect(afterFailures(failures).isSuspect('mallory')).toBe(isSuspect);
    expect(afterFailures(failures).isSuspect('alice')).toBe(false);
  });

  it.each(FAILURES)('fails by $outcome', (failure) => {
    const suspects = afterFailures(2);
    suspects.observe(jobNamed('mallory'), failure);
    expect(suspects.isSuspect('mallory')).toBe(true);
  });

  it.each(SUCCESSES)('is trusted again after $outcome, and its failures are forgotten', (success) => {
    const suspects = afterFailures(9);
    suspects.observe(jobNamed('mallory'), success);
    expect(suspects.isSuspect('mallory')).toBe(false);
    suspects.observe(jobNamed('mallory'), WRONG);
    suspects.observe(jobNamed('mallory'), WRONG);
    expect(suspects.isSuspect('mallory')).toBe(false);
  });

  it('is forgotten when 4096 others have failed since, so that memory has a bound', () => {
    const suspects = afterFailures(3);
    const failOnce = (name: string): void => {
      suspects.observe(jobNamed(name), WRONG);
    };
    for (let other = 0; other < 4095; other += 1) failOnce(`other ${other}`);
    expect(suspects.isSuspect('mallory')).toBe(true);
    failOnce('one more');
    expect(suspects.isSuspect('mallory')).toBe(false);
  });
});

describe('a queue', () => {
  const queued = (name: string): Parameters<JobQueue['add']>[0] => ({
    job: jobNamed(name),
    party: 'one',
    queuedAtMs: 0,
    resolve: () => undefined,
    reject: () => undefined,
  });
  const namesIn = (batch: readonly { readonly job: CurveJob }[]): string[] => batch.map(({ job }) => job.shareId);

  it('lets a suspect wait its turn but not longer', () => {
    const queue = new JobQueue(10, 2, afterFailures(3));
    for (const name of ['a', 'mallory', 'b', 'c', 'mallory']) queue.add(queued(name));
    const batches = [queue.takeBatch(), queue.takeBatch(), queue.takeBatch(), queue.takeBatch()];
    expect(batches.map(namesIn)).toEqual([['a', 'b'], ['mallory', 'mallory'], ['c'], []]);
  });

  it('is full when as many wait as may, whoever they are', () => {
    const queue = new JobQueue(2, 2, afterFailures(3));
    queue.add(queued('a'));
    expect(queue.isFull).toBe(false);
    queue.add(queued('mallory'));
    expect(queue.isFull).toBe(true);
    expect(namesIn(queue.takeAll())).toEqual(['a', 'mallory']);
    expect([queue.isFull, queue.length]).toEqual([false, 0]);
  });
});
