import { sasAndZcn, zcn } from '../wording/amounts.js';
import { NOT_CONCERNED } from './rule.js';
import type { Question, Reason, Rule } from './rule.js';

function refusal({ policy, facts }: Question): Reason | undefined {
  if (policy.maxValueSas === undefined || facts.kind === 'message') return undefined;
  if (facts.hashIs === 'believed') return 'hash-not-checked';
  return facts.valueSas > policy.maxValueSas ? 'above-max-value' : undefined;
}

function asked({ facts }: Question, amount: (sas: bigint) => string): string {
  if (facts.kind === 'message') return NOT_CONCERNED.message;
  return facts.hashIs === 'believed' ? 'a value that is not checked' : amount(facts.valueSas);
}

/** What one transaction may move, of whatever type. */
export const maxValueRule: Rule = {
  name: 'max_value',
  isThere: ({ policy }) => policy.maxValueSas !== undefined,
  refusal,
  allows: ({ policy }) => sasAndZcn(policy.maxValueSas ?? 0n),
  asked: (question) => asked(question, sasAndZcn),
  sentence: (question) =>
    `value ${asked(question, zcn)} is above the ${zcn(question.policy.maxValueSas ?? 0n)} a transaction may move`,
};
