import { periodStart } from '../limits/limit-window.js';
import type { Counter, Tally } from '../limits/usage.js';
import type { Limit } from '../policy/policy.js';

/** As much as it likes, or at most so much. */
export type Amount = bigint | 'unlimited';

/** Time from one millisecond on to before another, which is `Infinity` for what never ends. */
export interface Span {
  readonly fromMs: number;
  readonly beforeMs: number;
}

/**
 * The most that a limit alone lets be signed in a span to come, of value or in number, after what was signed before it:
 * exactly, to the millisecond.
 *
 * - *Rolling*, window w, maximum M: cut the span of length L from its end into windows. Each of the ⌊L/w⌋ whole ones can
 *   hold M and no more. What remains at the beginning, r = L mod w milliseconds, lies in the window that ends with it,
 *   together with what was signed before and has not left that window by then: M less that. It can be reached, by signing
 *   at once what is left, and again whatever leaves the window as it leaves. So 10 in 24 hours are 10 in the next 24
 *   hours, and not 20, though 10 at once and 10 after exactly 24 hours are allowed: those are 24 hours and a millisecond.
 * - *Period*: what is left of the one in which the span begins, and M for each that begins later within the span.
 * - *Total*: what is left.
 *
 * @param span not empty, and beginning no earlier than what was counted last
 * @param of what of a tally is limited to `most`
 */
export function mostInSpan(
  { window }: Limit,
  most: bigint,
  of: (tally: Tally) => bigint,
  counter: Counter,
  { fromMs, beforeMs }: Span,
): Amount {
  const usedAfter = (milliseconds: number): bigint => of(counter.total()) - of(counter.upTo(milliseconds));
  const left = (used: bigint): bigint => (used < most ? most - used : 0n);
  if (window.kind === 'total') return left(of(counter.total()));
  if (beforeMs === Infinity) return most === 0n ? 0n : 'unlimited';
  if (window.kind === 'period') {
    const start = periodStart(window, fromMs);
    const periodMs = window.periodSeconds * 1000;
    return left(usedAfter(start - 1)) + most * BigInt(Math.ceil((beforeMs - start) / periodMs) - 1);
  }
  const windowMs = window.windowSeconds * 1000;
  const restMs = (beforeMs - fromMs) % windowMs;
  const wholeWindows = (beforeMs - fromMs - restMs) / windowMs;
  const inRest = restMs === 0 ? 0n : left(usedAfter(fromMs + restMs - 1 - windowMs));
  return inRest + most * BigInt(wholeWindows);
}

export function atMost(one: Amount, other: Amount): Amount {
  if (one === 'unlimited') return other;
  return other === 'unlimited' || one < other ? one : other;
}

export function isMore(one: Amount, other: Amount): boolean {
  if (other === 'unlimited') return false;
  return one === 'unlimited' || one > other;
}
