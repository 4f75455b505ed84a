import { describe, expect, it } from '@jest/globals';
import { TokenBuckets } from '../../src/rate-limits/token-buckets.js';

/** How many of so many tries at one moment are let through. */
function taken(buckets: TokenBuckets, name: string, tries: number): number {
  return Array.from({ length: tries }, () => buckets.take(name)).filter(Boolean).length;
}

describe('token buckets', () => {
  it('give so many seconds’ worth at once, to each name', () => {
    const buckets = new TokenBuckets(1, 5);
    for (const name of ['one', 'other']) {
      // A second may end meanwhile, and bring one more.
      expect([5, 6]).toContain(taken(buckets, name, 20));
    }
  });

  it('fill again as time goes by', async () => {
    const buckets = new TokenBuckets(100, 1);
    taken(buckets, 'one', 200);
    await new Promise((resolve) => setTimeout(resolve, 100));
    const again = taken(buckets, 'one', 200);
    expect(again).toBeGreaterThanOrEqual(9);
    expect(again).toBeLessThanOrEqual(100);
  });

  it('take back what was given, and never more than they hold', () => {
    const buckets = new TokenBuckets(1, 3);
    taken(buckets, 'one', 10);
    buckets.giveBack('one');
    expect(buckets.take('one')).toBe(true);
    for (let times = 0; times < 50; times++) buckets.giveBack('one');
    expect([3, 4]).toContain(taken(buckets, 'one', 20));
  });

  it('let everybody through where there is no limit', () => {
    const buckets = new TokenBuckets(0, 5);
    expect(taken(buckets, 'one', 1000)).toBe(1000);
    buckets.giveBack('one');
  });

  it('keep those that are used, however many names come', () => {
    const buckets = new TokenBuckets(1, 2);
    taken(buckets, 'kept', 10);
    taken(buckets, 'forgotten', 10);
    for (let name = 0; name < 30_000; name++) {
      buckets.take(`stranger ${name}`);
      if (name % 1000 === 0) buckets.take('kept');
    }
    // Whoever gave way begins anew.
    expect(taken(buckets, 'forgotten', 10)).toBeGreaterThanOrEqual(2);
    expect(taken(buckets, 'kept', 10)).toBeLessThanOrEqual(1);
  });
});
