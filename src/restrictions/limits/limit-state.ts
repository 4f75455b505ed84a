import type { Limit } from '../policy/policy.js';
import { beforeWindow, whenOut } from './limit-window.js';
import type { Counter, Tally } from './usage.js';

/** Where a limit stands, and what it says to what is asked for. */
export interface LimitState {
  readonly limit: Limit;
  /** In the window, without what is asked for. */
  readonly used: Tally;
  /** What is asked for; undefined when the limit does not count it, or has counted it already. */
  readonly asked: Tally | undefined;
  /** `above-limit` could never hold, whatever was signed before. */
  readonly refusal: 'limit-reached' | 'above-limit' | undefined;
  /**
   * If nothing else is signed: when what is asked for fits, or where it does, or nothing is asked for, when there will be
   * more room than now. Milliseconds; undefined when never.
   *
   * Searched for when it is first read, since most signatures are allowed and nobody asks. So it is read while the usage
   * still is what the state was made of. What refuses by its limits alone has been read by `evaluate` already.
   */
  readonly nextFreeMs: number | undefined;
}

/** @param atMs now, and never before what was counted last */
export function limitState(limit: Limit, counter: Counter, asked: Tally | undefined, atMs: number): LimitState {
  const total = counter.total();
  const before = beforeWindow(limit.window, counter, atMs);
  const used = { valueSas: total.valueSas - before.valueSas, count: total.count - before.count };
  const refusal = asked && refusalOf(limit, used, asked);
  const nextFree = once(() => whenFree({ limit, counter, total, before, used, asked, refusal, atMs }));
  return {
    limit,
    used,
    asked,
    refusal,
    get nextFreeMs() {
      return nextFree();
    },
  };
}

interface Standing extends Pick<LimitState, 'limit' | 'used' | 'asked' | 'refusal'> {
  readonly counter: Counter;
  readonly total: Tally;
  readonly before: Tally;
  readonly atMs: number;
}

function whenFree({ limit, counter, total, before, used, asked, refusal, atMs }: Standing): number | undefined {
  const outMs = (countedMs: number | undefined): number | undefined => whenOut(limit.window, countedMs, atMs);
  if (refusal === 'above-limit') return undefined;
  if (asked === undefined || refusal === undefined) return earliest(moreRoom(limit, counter, before, used).map(outMs));
  return latest(roomEnough(limit, counter, total, asked).map(outMs));
}

function once<T>(find: () => T): () => T {
  let found: { readonly value: T } | undefined;
  return () => (found ??= { value: find() }).value;
}

function refusalOf({ maxValueSas, maxCount }: Limit, used: Tally, asked: Tally): LimitState['refusal'] {
  const fits = (sum: Tally): boolean =>
    (maxValueSas === undefined || sum.valueSas <= maxValueSas) && (maxCount === undefined || sum.count <= maxCount);
  if (!fits(asked)) return 'above-limit';
  const sum = { valueSas: used.valueSas + asked.valueSas, count: used.count + asked.count };
  return fits(sum) ? undefined : 'limit-reached';
}

/** What must have left the window before `asked` fits, by when it was counted. */
function roomEnough(limit: Limit, counter: Counter, total: Tally, asked: Tally): (number | undefined)[] {
  const { maxValueSas, maxCount } = limit;
  const value = maxValueSas === undefined ? 0n : total.valueSas + asked.valueSas - maxValueSas;
  const count = maxCount === undefined ? 0 : total.count + asked.count - maxCount;
  return [...(value > 0n ? [counter.whenValueWas(value)] : []), ...(count > 0 ? [counter.whenCountWas(count)] : [])];
}

/** What leaves the window first, of what the limit has a maximum for, by when it was counted. */
function moreRoom(limit: Limit, counter: Counter, before: Tally, used: Tally): (number | undefined)[] {
  const { maxValueSas, maxCount } = limit;
  return [
    ...(maxValueSas !== undefined && used.valueSas > 0n ? [counter.whenValueWas(before.valueSas + 1n)] : []),
    ...(maxCount !== undefined && used.count > 0 ? [counter.whenCountWas(before.count + 1)] : []),
  ];
}

function earliest(moments: readonly (number | undefined)[]): number | undefined {
  const known = moments.filter((moment) => moment !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}

/** Undefined when one of them never comes. */
function latest(moments: readonly (number | undefined)[]): number | undefined {
  return moments.reduce<number | undefined>(
    (last, moment) => (last === undefined || moment === undefined ? undefined : Math.max(last, moment)),
    0,
  );
}

/** What may still be signed in the window; undefined for what has no maximum. Never below 0, also of a lowered limit. */
export function leftOf({ limit, used }: LimitState): { valueSas: bigint | undefined; count: number | undefined } {
  const { maxValueSas, maxCount } = limit;
  return {
    valueSas: maxValueSas === undefined ? undefined : maxValueSas > used.valueSas ? maxValueSas - used.valueSas : 0n,
    count: maxCount === undefined ? undefined : Math.max(0, maxCount - used.count),
  };
}
