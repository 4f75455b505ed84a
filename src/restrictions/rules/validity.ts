import { momentOf } from '../wording/times.js';
import { secondsOf } from './rule.js';
import type { Question, Rule } from './rule.js';

const now = ({ now: time }: Question): string => momentOf(secondsOf(time));

/** Signs from this second on. */
export const notBeforeRule: Rule = {
  name: 'not_before',
  isThere: ({ policy }) => (policy.notBeforeSeconds ?? 0) !== 0,
  refusal: ({ policy, now: time }) => (secondsOf(time) < (policy.notBeforeSeconds ?? 0) ? 'not-yet' : undefined),
  allows: ({ policy }) => `from ${momentOf(policy.notBeforeSeconds ?? 0)} on`,
  asked: now,
  sentence: ({ policy }) => `the key signs from ${momentOf(policy.notBeforeSeconds ?? 0)} on`,
};

/** Signs until the second before this one. */
export const expiresAtRule: Rule = {
  name: 'expires_at',
  isThere: ({ policy }) => (policy.expiresAtSeconds ?? 0) !== 0,
  refusal: ({ policy, now: time }) => (secondsOf(time) >= (policy.expiresAtSeconds ?? 0) ? 'expired' : undefined),
  allows: ({ policy }) => `until before ${momentOf(policy.expiresAtSeconds ?? 0)}`,
  asked: now,
  sentence: ({ policy }) => `the key has signed nothing since ${momentOf(policy.expiresAtSeconds ?? 0)}`,
};
