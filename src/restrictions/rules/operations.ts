import type { Facts } from '../facts/facts.js';
import { listed } from '../wording/lists.js';
import { NOT_CONCERNED } from './rule.js';
import type { Question, Reason, Rule } from './rule.js';

function refusal({ policy, facts }: Question): Reason | undefined {
  const covers = policy.operations?.covers;
  if (covers === undefined || facts.kind === 'message') return undefined;
  if (facts.hashIs === 'believed') return refusalByName(covers, facts.functionName);
  if ('none' in facts.operation) return facts.operation.none;
  return covers.has(facts.operation.name) ? undefined : 'outside-restrictions';
}

/** In trust-hash mode, as upstream has it: whatever contract has a function of that name. Binds nothing. */
function refusalByName(covers: ReadonlySet<string>, name: string | undefined): Reason | undefined {
  if (name === undefined) return 'ambiguous-data';
  const isCovered =
    name === 'transfer'
      ? covers.has(name)
      : [...covers].some((covered) => covered.includes(':') && covered.slice(covered.indexOf(':') + 1) === name);
  return isCovered ? undefined : 'outside-restrictions';
}

/** What is asked for, by names of ours only: what the data says is untrusted text. */
function asked(facts: Facts): string {
  if (facts.kind === 'message') return NOT_CONCERNED.message;
  if (facts.hashIs === 'believed') return 'what the data names';
  return 'name' in facts.operation ? facts.operation.name : `no operation that is known (${facts.operation.none})`;
}

const allowed = ({ policy }: Question): string => {
  const names = policy.operations?.names ?? [];
  return names.length === 0 ? 'nothing' : listed(names);
};

/** Why a transaction is no operation, for people. */
const NO_OPERATION: Partial<Record<Reason, string>> = {
  'unknown-transaction-type': 'the type of the transaction is none of 0 (transfer), 10 (data) and 1000 (call)',
  'unknown-contract': 'it calls a contract, and no known one has this address',
  'unknown-function': 'the contract has no function of this name for wallets',
  'ambiguous-data': 'the data does not name one function for certain',
  'transfer-to-contract': 'it is a transfer to a contract, which the same hash could call',
  'transfer-with-call': 'it is a transfer whose data could name a function',
  'data-with-value': 'it stores data and moves tokens, which the same hash could send',
  'data-to-contract': 'it stores data at a contract, which the same hash could call',
};

/** Only these operations. The type is not signed: what could become another operation is none. */
export const operationsRule: Rule = {
  name: 'operations',
  isThere: ({ policy }) => policy.operations !== undefined,
  refusal,
  allows: allowed,
  asked: ({ facts }) => asked(facts),
  sentence: (question, reason) =>
    NO_OPERATION[reason] ?? `${asked(question.facts)} is not among what the key may do (${allowed(question)})`,
};
