import type { Facts } from '../facts/facts.js';
import type { NoOperation } from '../facts/operation-of.js';
import type { Policy } from '../policy/policy.js';

/** By the member of the policy that it is; `hash` and `creation_date` hold for every key. */
export type RuleName =
  | 'hash'
  | 'not_before'
  | 'expires_at'
  | 'hours'
  | 'operations'
  | 'messages'
  | 'recipients'
  | 'max_value'
  | 'creation_date'
  | 'creation_window_seconds'
  | `limits[${number}]`;

/** Why a rule does not hold: stable words, for programs and the record. */
export type Reason =
  | NoOperation
  | 'hash-not-checked'
  | 'not-yet'
  | 'expired'
  | 'outside-hours'
  | 'outside-restrictions'
  | 'messages-not-allowed'
  | 'data-signing-not-allowed'
  | 'message-without-text'
  | 'message-reads-as-transaction'
  | 'recipient-not-allowed'
  | 'above-max-value'
  | 'creation-date-ahead'
  | 'creation-date-missing'
  | 'creation-date-too-old'
  | 'limit-reached'
  | 'above-limit';

/** The time, and what the service says of it for every key. */
export interface EvaluationTime {
  readonly nowMs: number;
  /** How far ahead a creation date may be; 0 = as far as it likes. */
  readonly creationSkewSeconds: number;
}

/** What is asked: may a key with this policy sign this now? */
export interface Question {
  readonly policy: Policy;
  readonly facts: Facts;
  readonly now: EvaluationTime;
}

/** One rule that looks at nothing but the question. It decides; what it says in words is asked for only when needed. */
export interface Rule {
  readonly name: RuleName;
  /** Whether there is such a rule: one that the policy does not have limits nothing. */
  isThere(question: Question): boolean;
  /** Why it does not hold; undefined when it does. What is absent from a request never makes a rule hold. */
  refusal(question: Question): Reason | undefined;
  /** What it allows, for people. */
  allows(question: Question): string;
  /** What was asked for, as far as it concerns the rule. */
  asked(question: Question): string;
  /** One sentence without its full stop: what was asked for, and why that is not allowed. */
  sentence(question: Question, reason: Reason): string;
}

/** Whole seconds, rounded down, as the wire counts time. */
export function secondsOf({ nowMs }: EvaluationTime): number {
  return Math.floor(nowMs / 1000);
}

/** Said of what a rule does not concern. */
export const NOT_CONCERNED = {
  transaction: 'a transaction, which it does not concern',
  message: 'a message, which it does not concern',
};
