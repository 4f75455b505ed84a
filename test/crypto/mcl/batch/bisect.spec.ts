import { describe, expect, it } from '@jest/globals';

import { bisect } from '../../../../src/crypto/mcl/batch/bisect.js';

/** Bisects items of known goodness and counts the checks. */
function run(items: readonly boolean[]): { readonly good: boolean[]; readonly checks: number } {
  let checks = 0;
  const good = bisect(items.length, (first, count) => {
    checks++;
    return items.slice(first, first + count).every(Boolean);
  });
  return { good, checks };
}

describe('bisecting', () => {
  it('finds exactly the bad items, whichever they are', () => {
    for (let size = 0; size <= 10; size++) {
      for (let pattern = 0; pattern < 2 ** size; pattern++) {
        const items = Array.from({ length: size }, (_, place) => ((pattern >> place) & 1) === 0);
        expect(run(items).good).toEqual(items);
      }
    }
  });

  it('takes one check when all are good, none when there are none', () => {
    expect(run(new Array<boolean>(64).fill(true)).checks).toBe(1);
    expect(run([]).checks).toBe(0);
  });

  it('takes at most 2·log₂ n + 1 checks for one bad item', () => {
    const all = new Array<boolean>(64).fill(true);
    const checks = all.map((_, place) => run(all.with(place, false)).checks);
    expect(Math.max(...checks)).toBe(13);
    expect(Math.min(...checks)).toBe(7);
  });

  it('takes fewer than 2·n checks when all are bad', () => {
    expect(run(new Array<boolean>(64).fill(false)).checks).toBe(127);
  });
});
