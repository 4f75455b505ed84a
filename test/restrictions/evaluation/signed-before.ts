import type { Facts } from '../../../src/restrictions/facts/facts.js';
import { counts } from '../../../src/restrictions/limits/count-scope.js';
import type { Counter, Tally, Usage } from '../../../src/restrictions/limits/usage.js';

/** Something that was signed, and when. */
export interface Signed {
  readonly facts: Facts;
  readonly atMs: number;
}

export const NEVER: Usage = usageOf([]);

/** What was signed, in order of time, as limits ask for it; every question is answered by looking at all of it. */
export function usageOf(signed: readonly Signed[]): Usage {
  const counters = new Map<string, Counter>();
  return {
    newestMs: signed.at(-1)?.atMs ?? 0,
    isCounted: (kind, hash) => signed.some(({ facts }) => facts.kind === kind && facts.hash === hash),
    counter: (scope) => {
      const counter = counters.get(scope.key) ?? counterOf(signed.filter(({ facts }) => counts(scope, facts)));
      counters.set(scope.key, counter);
      return counter;
    },
  };
}

function counterOf(signed: readonly Signed[]): Counter {
  const tallies = signed.map((_, index) => tallyOf(signed.slice(0, index + 1)));
  const whenFirst = (reached: (tally: Tally) => boolean): number | undefined =>
    signed[tallies.findIndex(reached)]?.atMs;
  return {
    total: () => tallyOf(signed),
    upTo: (ms) => tallyOf(signed.filter(({ atMs }) => atMs <= ms)),
    whenValueWas: (valueSas) => whenFirst((tally) => tally.valueSas >= valueSas),
    whenCountWas: (count) => whenFirst((tally) => tally.count >= count),
  };
}

function tallyOf(signed: readonly Signed[]): Tally {
  const valueSas = signed.reduce((sum, { facts }) => sum + ('valueSas' in facts ? facts.valueSas : 0n), 0n);
  return { valueSas, count: signed.length };
}
