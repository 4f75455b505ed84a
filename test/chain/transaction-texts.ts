import { readFileSync } from 'node:fs';
import { CONTRACTS } from '../../src/chain/contracts.js';
import type { ContractName } from '../../src/chain/contracts.js';
import { MalformedTransactionError } from '../../src/chain/malformed-transaction-error.js';
import { parseTransaction } from '../../src/chain/parse-transaction.js';
import { evaluate } from '../../src/restrictions/evaluate.js';
import { transactionFacts } from '../../src/restrictions/facts/facts.js';
import type { Facts } from '../../src/restrictions/facts/facts.js';
import { policyOfList } from '../../src/restrictions/policy/policy-and-list.js';
import type { RestrictionList } from '../../src/restrictions/restriction-list.js';
import type { Reason } from '../../src/restrictions/rules/rule.js';
import { NEVER } from '../restrictions/evaluation/signed-before.js';

/** A wallet and a friend of its: addresses of no contract. */
export const WALLET = '2c4bc226802df76aa318601156736661aa061196f057230f6794d2d04216eefb';
export const FRIEND = '2bff5112812e079f37f278f7436eceb08c7e3e3eae68076b6b6f396c7e5d641f';

export const addressOf = (contract: ContractName): string => CONTRACTS[contract].address;

export const callOf = (name: string): string => JSON.stringify({ name, input: {} });

/** Fields of a transaction as JSON texts, so that any spelling of a number or a key can be tried. */
export type FieldTexts = Readonly<Record<string, string>>;

const PLAIN: FieldTexts = {
  hash: JSON.stringify('0'.repeat(64)),
  version: '"1.0"',
  client_id: JSON.stringify(WALLET),
  to_client_id: JSON.stringify(FRIEND),
  transaction_data: JSON.stringify(callOf('transfer')),
  transaction_value: '100',
  creation_date: '1700000000',
  transaction_type: '0',
  transaction_fee: '10',
  transaction_nonce: '7',
  txn_output_hash: '""',
  transaction_status: '0',
};

export function textOf(fields: FieldTexts): string {
  const members = Object.entries(fields).map(([key, value]) => `${JSON.stringify(key)}:${value}`);
  return `{${members.join(',')}}`;
}

/** A transfer with some fields given otherwise, as JSON texts. */
export function transactionText(changed: FieldTexts = {}): string {
  return textOf({ ...PLAIN, ...changed });
}

export function transactionTextWithout(field: string): string {
  return textOf(Object.fromEntries(Object.entries(PLAIN).filter(([key]) => key !== field)));
}

export interface Ask {
  readonly type?: number;
  readonly to?: string;
  readonly data?: string;
  readonly value?: string;
}

export function askText({ type = 0, to = FRIEND, data = callOf('transfer'), value = '0' }: Ask): string {
  return transactionText({
    transaction_type: String(type),
    to_client_id: JSON.stringify(to),
    transaction_data: JSON.stringify(data),
    transaction_value: value,
  });
}

/** The decision in one word: `allowed`, or why not. */
export function outcome(list: RestrictionList, ask: Ask): 'allowed' | Reason {
  return outcomeOf(list, transactionFacts(parseTransaction(askText(ask))));
}

/** What a key with this list and nothing else says to what is asked for. */
export function outcomeOf(list: RestrictionList, facts: Facts): 'allowed' | Reason {
  const { allowed, rules } = evaluate(policyOfList(list), NEVER, facts, { nowMs: 0, creationSkewSeconds: 0 });
  const refusals = rules.flatMap(({ refusal }) => refusal ?? []);
  if (allowed !== (refusals.length === 0)) throw new Error('whether it is allowed must be what the rules say');
  return refusals[0] ?? 'allowed';
}

/** `accepted`, or the field at fault and why. */
export function refusalOf(text: string): string {
  try {
    parseTransaction(text);
  } catch (error) {
    if (error instanceof MalformedTransactionError) return `${error.field} ${error.reason}`;
    throw error;
  }
  return 'accepted';
}

interface TransactionVector {
  readonly id: string;
  readonly kind: string;
  readonly transaction: Readonly<Record<string, unknown>>;
  readonly preimage: string;
}

/** The published transactions among the vectors. */
export function publishedTransactions(): TransactionVector[] {
  const file = new URL('../vectors/bls0chain.json', import.meta.url);
  const { vectors } = JSON.parse(readFileSync(file, 'utf8')) as { vectors: TransactionVector[] };
  return vectors.filter(({ kind }) => kind === 'transaction-hash+signature');
}
