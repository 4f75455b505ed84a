import { NO_USAGE } from '../../restrictions/limits/no-usage.js';
import type { Usage } from '../../restrictions/limits/usage.js';

/**
 * Leaves limits aside: as though all that is asked for had been counted before, of which limits say nothing, while every
 * other rule says what it ever does. For judging early, where a limit that looks used up may be so by this very hash.
 */
export const LIMITS_ASIDE: Usage = { ...NO_USAGE, isCounted: () => true };
