import type { Counter, Tally, Usage } from './usage.js';

const NOTHING: Tally = { valueSas: 0n, count: 0 };

/** What a scope has counted of a split key that has signed nothing. */
export const NOTHING_COUNTED: Counter = {
  total: () => NOTHING,
  upTo: () => NOTHING,
  whenValueWas: () => undefined,
  whenCountWas: () => undefined,
};

/** Of a split key that has signed nothing. */
export const NO_USAGE: Usage = {
  newestMs: 0,
  isCounted: () => false,
  counter: () => NOTHING_COUNTED,
};
