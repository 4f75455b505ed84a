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
 * Which operation a transaction is, or why that cannot be said of any. Pure; never throws.
 *
 * The hash does not cover the type, so a signature got for one type can be submitted under another. Each branch
 * therefore finds only what the same hash can become:
 * - type 1000 to a known contract: that call. As type 0 it would hand the value to the contract's address;
 * - type 0 to anything but a contract: that transfer. Its data names no function (`isTransferData`);
 * - type 10 without value to anything but a contract: that data. As type 0 it moves nothing.
 * Unknown contracts, functions, types and spellings are none.
 *
 * What a signer cannot defend, because the signed string does not say it:
 * - the fee: whoever holds a signed transaction can submit it with any fee, up to the wallet's balance;
 * - the network: `chain_id` is not signed, so it is good on every 0Chain network with that wallet and nonce;
 * - the value of a contract call, resubmitted as a plain send, goes to the contract's address and is lost;
 *   any signed transaction can also be burnt as type 10, which stores its data and uses up the nonce;
 * - a contract that the chain gains after the table was written is an ordinary address to us (the data
 *   rule of transfers narrows that to functions named `transfer`; data transactions are not narrowed);
 * - what a function does with its input: an operation is which call, not what it is told.
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
