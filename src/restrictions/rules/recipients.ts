import { contractAt } from '../../chain/contracts.js';
import type { Facts } from '../facts/facts.js';
import { counted } from '../wording/times.js';
import { listed } from '../wording/lists.js';
import { NOT_CONCERNED } from './rule.js';
import type { Question, Reason, Rule } from './rule.js';

/** Whatever its type and value, since the type is not signed and what says "call" may be submitted as a transfer. */
function refusal({ policy, facts }: Question): Reason | undefined {
  if (policy.recipients === undefined || facts.kind === 'message') return undefined;
  if (facts.hashIs === 'believed') return 'hash-not-checked';
  if (contractAt(facts.toClientId) !== undefined || policy.recipients.has(facts.toClientId)) return undefined;
  return 'recipient-not-allowed';
}

/** Addresses in facts are 64 hex digits or empty: nothing else of a request can stand here. */
function asked(facts: Facts): string {
  if (facts.kind === 'message') return NOT_CONCERNED.message;
  if (facts.hashIs === 'believed') return 'an address that is not checked';
  const contract = contractAt(facts.toClientId);
  if (contract !== undefined) return `the contract ${contract}`;
  return facts.toClientId === '' ? 'nobody' : facts.toClientId;
}

/** Only these addresses, beside the known contracts. */
export const recipientsRule: Rule = {
  name: 'recipients',
  isThere: ({ policy }) => policy.recipients !== undefined,
  refusal,
  allows: ({ policy }) => listed(policy.recipients ?? []),
  asked: ({ facts }) => asked(facts),
  sentence: ({ policy, facts }) =>
    `the recipient ${asked(facts)} is not among the ${counted(policy.recipients?.size ?? 0, 'address', 'addresses')} that may be sent to`,
};
