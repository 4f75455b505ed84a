import { evaluate } from '../../restrictions/evaluate.js';
import type { Evaluation } from '../../restrictions/evaluate.js';
import { refusalIn } from '../../restrictions/explain.js';
import type { Facts } from '../../restrictions/facts/facts.js';
import type { Usage } from '../../restrictions/limits/usage.js';
import type { Policy } from '../../restrictions/policy/policy.js';
import type { EvaluationTime } from '../../restrictions/rules/rule.js';
import { LIMITS_ASIDE } from './limits-aside.js';
import { CLOCK_IN_DOUBT } from './refusal.js';
import type { Judgement, Refusal } from './refusal.js';
import type { SigningMoment } from './signing-time.js';

const UNCOUNTED: Refusal = {
  code: 'SIGNING.FAILED',
  message: 'what the split key has signed cannot be counted; nothing was signed',
};

/**
 * Whether a key with this policy, that was used so, may sign this now. Where the time lies between two moments, it must
 * be allowed at both of them; else it depends on which it is. Pure.
 *
 * @param usage `undefined` where it cannot be told: then a key with limits signs nothing
 */
export function judgeByPolicy(
  policy: Policy,
  usage: Usage | undefined,
  facts: Facts,
  moment: SigningMoment,
): Judgement {
  if (policy.limits !== undefined && usage === undefined) return { refusal: UNCOUNTED };
  const at = (nowMs: number): EvaluationTime => ({ nowMs, creationSkewSeconds: moment.creationSkewSeconds });
  const evaluationAt = (time: EvaluationTime): Evaluation => evaluate(policy, usage ?? LIMITS_ASIDE, facts, time);
  const now = at(moment.milliseconds);
  const evaluation = evaluationAt(now);
  if (moment.latestMilliseconds > moment.milliseconds) {
    const latest = evaluationAt(at(moment.latestMilliseconds));
    if (latest.allowed !== evaluation.allowed || (latest.allowed && isOfAWindow(evaluation))) {
      return { refusal: CLOCK_IN_DOUBT };
    }
  }
  const refused = refusalIn({ policy, facts, now }, evaluation);
  if (refused === undefined) return { count: evaluation.count };
  const { message, rule, reason, retryAfterSeconds } = refused;
  return { refusal: { code: 'SIGNING.NOT_ALLOWED', message, rule: { rule, reason, retryAfterSeconds } } };
}

/**
 * Whether it would take part of a limit that frees itself. At a time in doubt there is no moment at which that could be
 * counted: if it is later, an early one has it leave the window too soon; if it is earlier, a late one pushes everything
 * that was counted before out of it.
 */
function isOfAWindow({ limits }: Evaluation): boolean {
  return limits.some(({ asked, limit }) => asked !== undefined && limit.window.kind !== 'total');
}
