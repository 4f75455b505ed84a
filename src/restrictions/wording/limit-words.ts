import type { LimitState } from '../limits/limit-state.js';
import { leftOf } from '../limits/limit-state.js';
import type { CountScope } from '../limits/count-scope.js';
import type { LimitWindow } from '../policy/policy.js';
import { sasAndZcn, zcn } from './amounts.js';
import { listed } from './lists.js';
import { counted, durationOf, momentOf, secondsUp } from './times.js';

function windowInWords(window: LimitWindow): string {
  switch (window.kind) {
    case 'rolling':
      return `in any ${durationOf(window.windowSeconds)}`;
    case 'period':
      return `in a period of ${durationOf(window.periodSeconds)}`;
    case 'total':
      return 'in all';
  }
}

const NOUNS = {
  transactions: ['transaction', 'transactions'],
  messages: ['message', 'messages'],
  all: ['signature', 'signatures'],
} as const;

function numberInWords({ of, operations }: CountScope, count: number): string {
  const [one, many] = NOUNS[of];
  const number = counted(count, one, many);
  return operations === undefined ? number : `${number} of ${listed(operations.names)}`;
}

/** What a limit allows: `100000000000 SAS (10 ZCN) and 3 transactions in any 24 hours`. */
export function limitAllows({ limit: { window, scope, maxValueSas, maxCount } }: LimitState): string {
  const maxima = [
    ...(maxValueSas === undefined ? [] : [sasAndZcn(maxValueSas)]),
    ...(maxCount === undefined ? [] : [numberInWords(scope, maxCount)]),
  ];
  const of = maxCount === undefined && scope.operations !== undefined ? ` by ${listed(scope.operations.names)}` : '';
  return `${maxima.join(' and ')}${of} ${windowInWords(window)}`;
}

/** What was asked of it, and what was signed before. */
export function limitAsked({ limit, asked, used }: LimitState): string {
  const before = [
    ...(limit.maxValueSas === undefined ? [] : [sasAndZcn(used.valueSas)]),
    ...(limit.maxCount === undefined ? [] : [numberInWords(limit.scope, used.count)]),
  ].join(' and ');
  if (asked === undefined) return `nothing that it counts anew, with ${before} used`;
  return limit.maxValueSas === undefined
    ? `one more, with ${before} used`
    : `${sasAndZcn(asked.valueSas)}, with ${before} used`;
}

/** Why it does not hold, and when it will. */
export function limitSentence(state: LimitState): string {
  const { limit, asked, nextFreeMs } = state;
  const { maxValueSas, maxCount } = limit;
  const window = windowInWords(limit.window);
  const left = leftOf(state);
  const free = nextFreeMs === undefined ? '' : `; it will be possible at ${momentOf(secondsUp(nextFreeMs))}`;
  const value = zcn(asked?.valueSas ?? 0n);
  const most = zcn(maxValueSas ?? 0n);
  if (state.refusal === 'above-limit') return `value ${value} is above the ${most} that may move ${window}`;
  if (maxCount !== undefined && left.count === 0) {
    return `the ${numberInWords(limit.scope, maxCount)} that may be signed ${window} are used up${free}`;
  }
  if (left.valueSas === 0n) return `the ${most} that may move ${window} are used up${free}`;
  return `value ${value} is above the ${zcn(left.valueSas ?? 0n)} left of the ${most} that may move ${window}${free}`;
}
