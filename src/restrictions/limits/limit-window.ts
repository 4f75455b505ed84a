import type { LimitWindow } from '../policy/policy.js';
import type { Counter, Tally } from './usage.js';

const NOTHING: Tally = { valueSas: 0n, count: 0 };

/** What had been counted when the window began, of which it knows nothing any more. */
export function beforeWindow(window: LimitWindow, counter: Counter, atMs: number): Tally {
  switch (window.kind) {
    case 'rolling':
      // (at − window, at]: what was signed a whole window ago, to the millisecond, has left it.
      return counter.upTo(atMs - window.windowSeconds * 1000);
    case 'period':
      return counter.upTo(periodStart(window, atMs) - 1);
    case 'total':
      return NOTHING;
  }
}

/** The first millisecond of the period that this one belongs to. Periods reach back before the anchor too. */
export function periodStart(
  { periodSeconds, anchorSeconds }: Extract<LimitWindow, { readonly kind: 'period' }>,
  atMs: number,
): number {
  const [periodMs, anchorMs] = [periodSeconds * 1000, anchorSeconds * 1000];
  return anchorMs + Math.floor((atMs - anchorMs) / periodMs) * periodMs;
}

/**
 * The first moment at which what was counted up to `counted` is in the window no more, if nothing else is signed by then;
 * undefined when there is none.
 *
 * @param countedMs when it was counted; undefined when it never was
 */
export function whenOut(window: LimitWindow, countedMs: number | undefined, atMs: number): number | undefined {
  if (countedMs === undefined) return undefined;
  switch (window.kind) {
    case 'rolling':
      return countedMs + window.windowSeconds * 1000;
    case 'period':
      return periodStart(window, atMs) + window.periodSeconds * 1000;
    case 'total':
      return undefined;
  }
}
