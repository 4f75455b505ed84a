import type { Usage } from '../../restrictions/limits/usage.js';

const NOTHING = { valueSas: 0n, count: 0 };

/**
 * Leaves limits aside: as though all that is asked for had been counted before, of which limits say nothing, while every
 * other rule says what it ever does. For judging early, where a limit that looks used up may be so by this very hash.
 */
export const LIMITS_ASIDE: Usage = {
  newestMs: 0,
  isCounted: () => true,
  counter: () => ({
    total: () => NOTHING,
    upTo: () => NOTHING,
    whenValueWas: () => undefined,
    whenCountWas: () => undefined,
  }),
};
