import type { Facts } from '../facts/facts.js';
import { durationOf, momentOf } from '../wording/times.js';
import { NOT_CONCERNED, secondsOf } from './rule.js';
import type { EvaluationTime, Question, Reason, Rule } from './rule.js';

/** Seconds by which a creation date lies ahead of now; below 0 when it lies behind. */
function secondsAhead(creationDateSeconds: bigint, now: EvaluationTime): bigint {
  return creationDateSeconds - BigInt(secondsOf(now));
}

function asked(facts: Facts): string {
  if (facts.kind === 'message') return NOT_CONCERNED.message;
  if (facts.hashIs === 'believed') return 'a creation date that is not checked';
  return facts.creationDateSeconds === 0n ? 'no creation date' : momentOf(facts.creationDateSeconds);
}

const SENTENCES = (ahead: number, behind: number, facts: Facts): Partial<Record<Reason, string>> => ({
  'creation-date-ahead': `the creation date ${asked(facts)} lies more than ${durationOf(ahead)} ahead`,
  'creation-date-too-old': `the creation date ${asked(facts)} lies more than ${durationOf(behind)} back`,
  'creation-date-missing': 'the transaction has no creation date, which this key wants',
});

/** For every key: a signature that is got today must not become usable after tomorrow's revocation. */
export const creationDateRule: Rule = {
  name: 'creation_date',
  isThere: ({ facts, now }) =>
    facts.kind === 'transaction' && facts.hashIs === 'right' && now.creationSkewSeconds !== 0,
  refusal: ({ facts, now }) =>
    facts.kind === 'transaction' &&
    facts.hashIs === 'right' &&
    secondsAhead(facts.creationDateSeconds, now) > BigInt(now.creationSkewSeconds)
      ? 'creation-date-ahead'
      : undefined,
  allows: ({ now }) => `at most ${durationOf(now.creationSkewSeconds)} ahead, or none`,
  asked: ({ facts }) => asked(facts),
  sentence: ({ facts, now }, reason) => SENTENCES(now.creationSkewSeconds, 0, facts)[reason] ?? reason,
};

/** How far ahead a window lets a creation date be: as the service says, or where it says nothing, as far as back. */
function mostAhead({ policy, now }: Question): number {
  return now.creationSkewSeconds === 0 ? (policy.creationWindowSeconds ?? 0) : now.creationSkewSeconds;
}

function outsideWindow(question: Question): Reason | undefined {
  const { policy, facts, now } = question;
  if (policy.creationWindowSeconds === undefined || facts.kind === 'message') return undefined;
  if (facts.hashIs === 'believed') return 'hash-not-checked';
  if (facts.creationDateSeconds === 0n) return 'creation-date-missing';
  const ahead = secondsAhead(facts.creationDateSeconds, now);
  if (ahead > BigInt(mostAhead(question))) return 'creation-date-ahead';
  return -ahead > BigInt(policy.creationWindowSeconds) ? 'creation-date-too-old' : undefined;
}

/** The creation date must be there, and be recent. */
export const creationWindowRule: Rule = {
  name: 'creation_window_seconds',
  isThere: ({ policy }) => policy.creationWindowSeconds !== undefined,
  refusal: outsideWindow,
  allows: (question) =>
    `at most ${durationOf(question.policy.creationWindowSeconds ?? 0)} back and ${durationOf(mostAhead(question))} ahead`,
  asked: ({ facts }) => asked(facts),
  sentence: (question, reason) =>
    SENTENCES(mostAhead(question), question.policy.creationWindowSeconds ?? 0, question.facts)[reason] ?? reason,
};
