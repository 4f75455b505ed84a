import type { Counter, Usage } from '../limits/usage.js';
import { ALL_OPERATIONS } from '../policy/operation-set.js';
import type { Limit, Policy } from '../policy/policy.js';
import { atMost, mostInSpan } from './most-in-span.js';
import type { Amount, Span } from './most-in-span.js';

/** The operations of transactions that a policy allows and that can move tokens: any call can carry some. */
function movingOperations({ operations }: Policy): string[] {
  const covers = operations?.covers ?? ALL_OPERATIONS.covers;
  return [...covers].filter((name) => name === 'transfer' || name.includes(':'));
}

/**
 * The most value that transactions can move in a span to come; never less than what is possible.
 *
 * Each limit bounds what it counts: by its value, and where one transaction has a maximum, by its number times that. Any
 * limits that together count every operation which can move tokens bound the whole by their sum; the least such sum is
 * the answer. Hours are left out: they cannot make it more.
 *
 * @param span not empty, and beginning no earlier than what was counted last
 */
export function mostMovable(policy: Policy, usage: Usage, span: Span): Amount {
  const moving = movingOperations(policy);
  if (moving.length === 0 || policy.maxValueSas === 0n) return 0n;
  const limits = (policy.limits ?? []).filter(({ scope }) => scope.of !== 'messages');
  const bounds = limits.map((limit) => boundOf(limit, policy.maxValueSas, usage.counter(limit.scope), span));
  const countedBy = distinct(moving.map((name) => limitsCounting(name, limits)));
  let least: Amount = 'unlimited';
  for (let chosen = 1; chosen < 2 ** limits.length; chosen++) {
    if (countedBy.every((counting) => (counting & chosen) !== 0)) least = atMost(least, sumOf(bounds, chosen));
  }
  return least;
}

function boundOf(limit: Limit, maxValueSas: bigint | undefined, counter: Counter, span: Span): Amount {
  const { maxValueSas: mostValue, maxCount } = limit;
  const byValue: Amount =
    mostValue === undefined ? 'unlimited' : mostInSpan(limit, mostValue, ({ valueSas }) => valueSas, counter, span);
  if (maxCount === undefined) return byValue;
  const number = mostInSpan(limit, BigInt(maxCount), ({ count }) => BigInt(count), counter, span);
  if (number === 0n) return 0n;
  return number === 'unlimited' || maxValueSas === undefined ? byValue : atMost(byValue, number * maxValueSas);
}

/** As bits: which of the limits count this operation. */
function limitsCounting(name: string, limits: readonly Limit[]): number {
  return limits.reduce((bits, { scope }, index) => {
    const isCounted = scope.operations === undefined || scope.operations.covers.has(name);
    return isCounted ? bits | (1 << index) : bits;
  }, 0);
}

function sumOf(bounds: readonly Amount[], chosen: number): Amount {
  return bounds.reduce<Amount>((sum, bound, index) => {
    if ((chosen & (1 << index)) === 0) return sum;
    return sum === 'unlimited' || bound === 'unlimited' ? 'unlimited' : sum + bound;
  }, 0n);
}

function distinct(numbers: readonly number[]): number[] {
  return [...new Set(numbers)];
}
