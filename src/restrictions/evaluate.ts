import type { Facts } from './facts/facts.js';
import { counts } from './limits/count-scope.js';
import { limitState } from './limits/limit-state.js';
import type { LimitState } from './limits/limit-state.js';
import { tallyOf } from './limits/tally-of.js';
import type { Count, Usage } from './limits/usage.js';
import type { Policy } from './policy/policy.js';
import { creationDateRule, creationWindowRule } from './rules/creation-date.js';
import { hashRule } from './rules/hash.js';
import { hoursRule } from './rules/hours.js';
import { maxValueRule } from './rules/max-value.js';
import { messagesRule } from './rules/messages.js';
import { operationsRule } from './rules/operations.js';
import { recipientsRule } from './rules/recipients.js';
import type { EvaluationTime, Question, Reason, Rule, RuleName } from './rules/rule.js';
import { expiresAtRule, notBeforeRule } from './rules/validity.js';

/** In the order in which their outcomes are told; limits come after them, in the order of the policy. */
const RULES: readonly Rule[] = [
  hashRule,
  notBeforeRule,
  expiresAtRule,
  hoursRule,
  operationsRule,
  messagesRule,
  recipientsRule,
  maxValueRule,
  creationDateRule,
  creationWindowRule,
];

/** What one rule of the policy says. */
export interface RuleOutcome {
  readonly name: RuleName;
  /** Undefined when it holds. */
  readonly refusal: Reason | undefined;
  /** What can say it in words; undefined of limits, which have their state. */
  readonly rule: Rule | undefined;
}

export interface Evaluation {
  /** Whether every rule holds. There is nothing else that allows or denies. */
  readonly allowed: boolean;
  /** Every rule that the policy has, and those that every key has. */
  readonly rules: readonly RuleOutcome[];
  /** Of each limit of the policy, in its order. */
  readonly limits: readonly LimitState[];
  /** When all would hold, if nothing but limits stands against it, and nothing else is signed; milliseconds. */
  readonly retryAtMs: number | undefined;
  /** What to count if it is signed; undefined when it is not allowed, counted already, or the policy has no limits. */
  readonly count: Count | undefined;
}

/**
 * May a key with this policy, that was used so, sign this now? Pure: it reads what it is given, and the same input gives
 * the same answer. Every rule is asked, whatever the others say, and no rule can allow what another does not.
 *
 * For limits, time does not go back: a clock that was set back counts as standing where something was counted last.
 * Where the time is in doubt, ask for both ends of the doubt.
 *
 * All of the answer is known when it returns, but for one thing: when limits will have more room is searched for when it
 * is read, unless limits alone refuse. Whoever explains an answer does it before the usage changes.
 */
export function evaluate(policy: Policy, usage: Usage, facts: Facts, now: EvaluationTime): Evaluation {
  const question: Question = { policy, facts, now };
  const rules: RuleOutcome[] = [];
  for (const rule of RULES) {
    if (rule.isThere(question)) rules.push({ name: rule.name, refusal: rule.refusal(question), rule });
  }
  if (policy.limits === undefined) return withoutLimits(rules);
  const atMs = Math.max(now.nowMs, usage.newestMs);
  const isCounted = usage.isCounted(facts.kind, facts.hash);
  const limits = policy.limits.map((limit) => {
    const asked = !isCounted && counts(limit.scope, facts) ? tallyOf(facts) : undefined;
    return limitState(limit, usage.counter(limit.scope), asked, atMs);
  });
  const freeRulesHold = rules.every(({ refusal }) => refusal === undefined);
  for (const [index, { refusal }] of limits.entries()) {
    rules.push({ name: `limits[${index}]`, refusal, rule: undefined });
  }
  const allowed = freeRulesHold && limits.every(({ refusal }) => refusal === undefined);
  return {
    allowed,
    rules,
    limits,
    retryAtMs: freeRulesHold && !allowed ? whenAllHold(limits) : undefined,
    count: allowed && !isCounted ? countOf(facts, limits, atMs) : undefined,
  };
}

function withoutLimits(rules: readonly RuleOutcome[]): Evaluation {
  const allowed = rules.every(({ refusal }) => refusal === undefined);
  return { allowed, rules, limits: [], retryAtMs: undefined, count: undefined };
}

function whenAllHold(limits: readonly LimitState[]): number | undefined {
  const moments = limits.filter(({ refusal }) => refusal !== undefined).map(({ nextFreeMs }) => nextFreeMs);
  return moments.includes(undefined) ? undefined : Math.max(...moments.map(Number));
}

function countOf(facts: Facts, limits: readonly LimitState[], atMs: number): Count {
  const counting = limits.filter(({ asked }) => asked !== undefined);
  const scopeKeys = [...new Set(counting.map(({ limit }) => limit.scope.key))];
  return { kind: facts.kind, hash: facts.hash, atMs, valueSas: tallyOf(facts).valueSas, scopeKeys };
}
