import type { Evaluation, RuleOutcome } from './evaluate.js';
import { leftOf } from './limits/limit-state.js';
import type { LimitState } from './limits/limit-state.js';
import { windowToJson } from './policy/policy-json.js';
import type { Question, Reason } from './rules/rule.js';
import { limitAllows, limitAsked, limitSentence } from './wording/limit-words.js';
import { counted, secondsUp } from './wording/times.js';

/** An evaluation as it is answered: amounts in SAS as strings, times in Unix seconds. */
export interface Explanation {
  readonly allowed: boolean;
  readonly rules: readonly ExplainedRule[];
  readonly limits: readonly ExplainedLimit[];
  /** In one line of text. */
  readonly message: string;
}

export interface ExplainedRule {
  readonly rule: string;
  readonly holds: boolean;
  readonly allows: string;
  readonly asked: string;
}

/** Beside these the members by which the policy says which window it is. */
export interface ExplainedLimit extends Readonly<Record<string, unknown>> {
  readonly kind: string;
  readonly of: string;
  /** Null where the limit has no such maximum. */
  readonly max_value: string | null;
  readonly used_value: string;
  readonly left_value: string | null;
  readonly max_count: number | null;
  readonly used_count: number;
  readonly left_count: number | null;
  /** Rounded up; null when never, or when nothing is used. */
  readonly next_free_at: number | null;
}

/** Why something may not be signed: the first rule that fails, and how many others do. */
export interface PolicyRefusal {
  readonly rule: string;
  readonly reason: Reason;
  readonly message: string;
  /** When only limits stand against it which free themselves: from when on it is allowed if nothing else is signed. */
  readonly retryAfterSeconds: number | undefined;
}

export function explain(question: Question, evaluation: Evaluation): Explanation {
  const { allowed, rules, limits } = evaluation;
  return {
    allowed,
    rules: rules.map((outcome, index) => ({
      rule: outcome.name,
      holds: outcome.refusal === undefined,
      ...inWords(question, outcome, stateOf(evaluation, index)),
    })),
    limits: limits.map(explainLimit),
    message: refusalIn(question, evaluation)?.message ?? 'every rule holds: this may be signed',
  };
}

/** Undefined when it is allowed. */
export function refusalIn(question: Question, evaluation: Evaluation): PolicyRefusal | undefined {
  const index = evaluation.rules.findIndex(({ refusal }) => refusal !== undefined);
  const first = evaluation.rules[index];
  if (first?.refusal === undefined) return undefined;
  const others = evaluation.rules.filter(({ refusal }) => refusal !== undefined).length - 1;
  const sentence = sentenceOf(question, first, first.refusal, stateOf(evaluation, index));
  const { retryAtMs } = evaluation;
  return {
    rule: first.name,
    reason: first.refusal,
    message:
      `the split key's restrictions do not allow this: ${first.refusal}: ${sentence}` +
      (others === 0 ? '' : `; ${counted(others, 'other rule does', 'other rules do')} not hold either`),
    retryAfterSeconds: retryAtMs === undefined ? undefined : Math.max(1, secondsUp(retryAtMs - question.now.nowMs)),
  };
}

/** A limit with what is used of it. */
export function explainLimit(state: LimitState): ExplainedLimit {
  const { limit, used, nextFreeMs } = state;
  const left = leftOf(state);
  return {
    ...windowToJson(limit.window),
    kind: limit.window.kind,
    of: limit.scope.of,
    ...(limit.scope.operations === undefined ? {} : { operations: limit.scope.operations.names }),
    max_value: limit.maxValueSas?.toString() ?? null,
    used_value: used.valueSas.toString(),
    left_value: left.valueSas?.toString() ?? null,
    max_count: limit.maxCount ?? null,
    used_count: used.count,
    left_count: left.count ?? null,
    next_free_at: nextFreeMs === undefined ? null : secondsUp(nextFreeMs),
  };
}

/** Limits come last, in their own order. */
function stateOf({ rules, limits }: Evaluation, index: number): LimitState | undefined {
  return limits[index - (rules.length - limits.length)];
}

function inWords(
  question: Question,
  { rule }: RuleOutcome,
  state: LimitState | undefined,
): Pick<ExplainedRule, 'allows' | 'asked'> {
  if (state !== undefined) return { allows: limitAllows(state), asked: limitAsked(state) };
  return { allows: rule?.allows(question) ?? '', asked: rule?.asked(question) ?? '' };
}

function sentenceOf(question: Question, { rule }: RuleOutcome, reason: Reason, state: LimitState | undefined): string {
  return state === undefined ? (rule?.sentence(question, reason) ?? reason) : limitSentence(state);
}
