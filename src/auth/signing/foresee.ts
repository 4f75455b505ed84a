import { evaluate } from '../../restrictions/evaluate.js';
import { explain } from '../../restrictions/explain.js';
import type { ExplainedRule, Explanation } from '../../restrictions/explain.js';
import { exposureOf } from '../../restrictions/exposure/exposure.js';
import type { Exposure } from '../../restrictions/exposure/exposure.js';
import type { Facts, RequestFacts } from '../../restrictions/facts/facts.js';
import { parsePolicy } from '../../restrictions/policy/parse-policy.js';
import type { Policy } from '../../restrictions/policy/policy.js';
import type { StoredPolicy } from '../../restrictions/terms/terms.js';
import { counted } from '../../restrictions/wording/times.js';
import { judge } from './judge.js';
import { LIMITS_ASIDE } from './limits-aside.js';
import type { Refusal } from './refusal.js';
import type { ShareView } from './signing-journal.js';
import type { SigningMoment } from './signing-time.js';

/** What would be decided if it was asked for now, rule by rule. */
export interface Foreseen extends Explanation {
  /** By which revision of the policy; undefined of one that is not in force. */
  readonly revision: number | undefined;
  /** Of the split key, whatever is asked for. */
  readonly exposure: Exposure;
  /** Of a policy that is not in force: what it raises above the one that is, in words. */
  readonly raises?: readonly string[];
}

/** The answer; or why there is none, as signing would say it. */
export type Foresight =
  | { readonly foreseen: Foreseen; readonly refusal?: undefined }
  | { readonly foreseen?: undefined; readonly refusal: Refusal };

/** How the service runs, as far as it changes what a key can do. */
export interface ForesightTime {
  readonly moment: SigningMoment;
  readonly hashesAreBelieved: boolean;
}

/** What a split key can do that signs nothing any more. */
const NOTHING: Policy = parsePolicy({ operations: [], messages: 'none' });

const IN_FORCE = { holds: true, asked: 'one that is in force' };

/**
 * What signing would decide, by the same judgement: it is allowed here when it is allowed there. A *no* is an answer, also
 * of a split key that is revoked or frozen or has expired. Refused is only what could not be decided (`CLOCK.IN_DOUBT`,
 * `SIGNING.FAILED`), what there is nothing to say about (`SPLIT_KEY.UNKNOWN`, `TRANSACTION.HASH_MISMATCH`), and a split
 * key that is revoked or frozen besides. Pure, and to be called while the usage of the view can be read.
 */
export function foresee(view: ShareView, facts: RequestFacts, { moment, hashesAreBelieved }: ForesightTime): Foresight {
  const { standing, usage } = view;
  const { refusal } = judge(standing, facts, moment, usage);
  if (standing === undefined || !hasFacts(facts) || !canBeTold(standing.policy, view, refusal)) {
    return { refusal: refusal ?? UNDECIDED };
  }
  const { policy, revision } = standing;
  const known = usage ?? LIMITS_ASIDE;
  const now = { nowMs: moment.milliseconds, creationSkewSeconds: moment.creationSkewSeconds };
  const explained = explain({ policy, facts, now }, evaluate(policy, known, facts, now));
  const rule = standingRule(view);
  const exposure = exposureOf(signsNoMore(view) ? NOTHING : policy, known, { nowMs: now.nowMs, hashesAreBelieved });
  return {
    foreseen: {
      ...explained,
      allowed: explained.allowed && rule.holds,
      revision,
      rules: [rule, ...explained.rules],
      exposure,
      message: rule.holds ? explained.message : messageOf(rule, explained),
    },
  };
}

/** What a split key can do that signs nothing: one that is revoked, or whose policy cannot be read. */
export function exposureOfNothing({ moment, hashesAreBelieved }: ForesightTime): Exposure {
  return exposureOf(NOTHING, LIMITS_ASIDE, { nowMs: moment.milliseconds, hashesAreBelieved });
}

/** The refusals that are a rule's no. */
const TOLD_BY_RULES: ReadonlySet<string> = new Set([
  'SIGNING.NOT_ALLOWED',
  'SPLIT_KEY.REVOKED',
  'SPLIT_KEY.FROZEN',
  'SPLIT_KEY.EXPIRED',
]);

const UNDECIDED: Refusal = { code: 'SIGNING.FAILED', message: 'what would be decided cannot be told' };

function hasFacts(facts: RequestFacts): facts is Facts {
  return !('hashIs' in facts && facts.hashIs === 'wrong');
}

/** Whether the rules of the policy say all that was decided. */
function canBeTold(policy: StoredPolicy, { usage }: ShareView, refusal: Refusal | undefined): policy is Policy {
  if (policy === 'unreadable' || (policy.limits !== undefined && usage === undefined)) return false;
  return refusal === undefined || TOLD_BY_RULES.has(refusal.code);
}

/** For good. A freeze is over when its owner says so, and what the split key can do then is its policy's to say. */
function signsNoMore({ standing, isErased }: ShareView): boolean {
  return standing?.isRevoked === true || isErased;
}

/** Before all rules of policies: whether the split key signs anything at all. */
function standingRule({ standing, isErased }: ShareView): ExplainedRule {
  const rule = { rule: 'standing', allows: 'split keys that are neither revoked, frozen nor overwritten', ...IN_FORCE };
  if (standing?.isRevoked === true) return { ...rule, holds: false, asked: 'one that has been revoked' };
  if (standing?.isFrozen === true) return { ...rule, holds: false, asked: 'one of a wallet that its owner has frozen' };
  const asked = 'one whose server share was overwritten after it had expired';
  return isErased ? { ...rule, holds: false, asked } : rule;
}

function messageOf({ asked }: ExplainedRule, { rules }: Explanation): string {
  const others = rules.filter(({ holds }) => !holds).length;
  const more = others === 0 ? '' : `; ${counted(others, 'other rule does', 'other rules do')} not hold either`;
  return `the split key is ${asked}${more}`;
}
