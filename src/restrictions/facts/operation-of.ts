import { contractAt, contractHas } from '../../chain/contracts.js';
import { calledFunction, isTransferData } from '../../chain/transaction-data.js';
import type { Transaction } from '../../chain/transaction.js';
import { callName } from '../policy/operation-set.js';
import type { OperationName } from '../policy/operation-set.js';

/** Why a transaction is none of the operations that a list can allow: stable words, for the record and for errors. */
export type NoOperation =
  | 'unknown-transaction-type'
  | 'unknown-contract'
  | 'unknown-function'
  | 'ambiguous-data'
  | 'transfer-to-contract'
  | 'transfer-with-call'
  | 'data-with-value'
  | 'data-to-contract';

export type FoundOperation = { readonly name: OperationName } | { readonly none: NoOperation };

const TRANSFER: FoundOperation = { name: 'transfer' };
const DATA: FoundOperation = { name: 'data' };

const none = (why: NoOperation): FoundOperation => ({ none: why });

/**
 * Which operation a transaction is: the one that the same hash could become under whatever type, or why that cannot be
 * said of any. See `decide.ts` for what each branch rests on. Pure; never throws.
 */
export function operationOf(transaction: Transaction): FoundOperation {
  if (transaction.type === 0n) return transferIn(transaction);
  if (transaction.type === 10n) return dataIn(transaction);
  if (transaction.type === 1000n) return callIn(transaction);
  return none('unknown-transaction-type');
}

function transferIn({ toClientId, data }: Transaction): FoundOperation {
  if (contractAt(toClientId) !== undefined) return none('transfer-to-contract');
  return isTransferData(data) ? TRANSFER : none('transfer-with-call');
}

function dataIn({ toClientId, valueSas }: Transaction): FoundOperation {
  if (valueSas !== 0n) return none('data-with-value');
  return contractAt(toClientId) === undefined ? DATA : none('data-to-contract');
}

function callIn({ toClientId, data }: Transaction): FoundOperation {
  const contract = contractAt(toClientId);
  if (contract === undefined) return none('unknown-contract');
  const name = calledFunction(data);
  if (name === undefined) return none('ambiguous-data');
  return contractHas(contract, name) ? { name: callName(contract, name) } : none('unknown-function');
}
