/**
 * May a split key with these restrictions sign this?
 *
 * The hash does not cover the type, so a signature got for one type can be submitted under another. Each
 * branch therefore allows only what the same hash can become:
 * - type 1000 to a known contract: that call. As type 0 it would hand the value to the contract's address;
 * - type 0 to anything but a contract: that transfer. Its data names no function (`isTransferData`);
 * - type 10 without value to anything but a contract: that data. As type 0 it moves nothing.
 * Unknown contracts, functions, types and spellings are refused.
 *
 * What a signer cannot defend, because the signed string does not say it:
 * - the fee: whoever holds a signed transaction can submit it with any fee, up to the wallet's balance;
 * - the network: `chain_id` is not signed, so it is good on every 0Chain network with that wallet and nonce;
 * - the value of a contract call, resubmitted as a plain send, goes to the contract's address and is lost;
 *   any signed transaction can also be burnt as type 10, which stores its data and uses up the nonce;
 * - the moment: a creation date in the future makes a signature that works later, after a revocation too;
 * - a contract that the chain gains after this table was written is an ordinary address to us (the data
 *   rule of transfers narrows that to functions named `transfer`; data transactions are not narrowed);
 * - what a function does with its input and value: groups say which calls, not how much or to whom;
 * - messages: 32 bytes do not say what they are the hash of, so `message_signing` amounts to every transaction.
 *   What has another length is no transaction's hash: `data_signing` allows that alone.
 */
import { definitionOf } from './operation-groups.js';
import type { BeyondContracts, OperationGroup } from './operation-groups.js';
import type { RestrictionList } from './restriction-list.js';
import { calledFunction } from '../chain/transaction-data.js';
import { TRANSACTION_HASH_BYTES } from '../chain/transaction-hash.js';
import type { Transaction, TrustedTransaction } from '../chain/transaction.js';
import { operationOf } from './facts/operation-of.js';
import type { NoOperation } from './facts/operation-of.js';
import { coveredByGroup } from './policy/operation-set.js';
import type { OperationName } from './policy/operation-set.js';
import type { SoundFacts } from './signing-facts.js';

/** Why not, as a stable word for the audit record and the error. */
export type RefusalReason = NoOperation | 'outside-restrictions' | 'messages-not-allowed' | 'data-signing-not-allowed';

export type Decision = { readonly allowed: true } | { readonly allowed: false; readonly reason: RefusalReason };

const ALLOWED: Decision = { allowed: true };

const refused = (reason: RefusalReason): Decision => ({ allowed: false, reason });

const allowedIf = (condition: boolean): Decision => (condition ? ALLOWED : refused('outside-restrictions'));

type Groups = readonly OperationGroup[];

function allowBeyondContracts(groups: Groups, what: BeyondContracts): boolean {
  return groups.some((group) => definitionOf(group).alsoAllows === what);
}

function allowOperation(groups: Groups, operation: OperationName): boolean {
  if (operation === 'transfer' || operation === 'data') return allowBeyondContracts(groups, operation);
  return groups.some((group) => coveredByGroup(group).includes(operation));
}

/** Decides on whatever it is. Pure: same input, same answer; never throws. */
export function decide(list: RestrictionList, facts: SoundFacts): Decision {
  if (facts.kind === 'message') return decideMessage(list, facts.messageBytes);
  return facts.hash === 'right'
    ? decideTransaction(list, facts.transaction)
    : decideTrustedTransaction(list, facts.transaction);
}

/**
 * Decides on a transaction from `parseTransaction` whose hash has been found right. A key without a list may
 * sign any such transaction. Pure: same input, same answer; never throws.
 */
export function decideTransaction(list: RestrictionList, transaction: Transaction): Decision {
  if (list === 'unrestricted') return ALLOWED;
  const operation = operationOf(transaction);
  return 'none' in operation ? refused(operation.none) : allowedIf(allowOperation(list, operation.name));
}

/**
 * Decides in trust-hash mode, by the name in the data alone: allowed if any group of the list has a function
 * of that name, on whatever contract. This binds nothing that will be signed: upstream's behaviour, for its
 * test suite only.
 */
export function decideTrustedTransaction(list: RestrictionList, transaction: TrustedTransaction): Decision {
  if (list === 'unrestricted') return ALLOWED;
  const name = calledFunction(transaction.data);
  if (name === undefined) return refused('ambiguous-data');
  if (name === 'transfer') return allowedIf(allowBeyondContracts(list, 'transfer'));
  return allowedIf(
    list.some((group) =>
      Object.values(definitionOf(group).functions).some((functions: readonly string[]) => functions.includes(name)),
    ),
  );
}

/**
 * Decides on `/sign/msg`: a key without a list signs any message, one with a list only through `message_signing`, or
 * through `data_signing` what is too long or too short for a transaction's hash.
 */
export function decideMessage(list: RestrictionList, messageBytes: number): Decision {
  if (list === 'unrestricted' || allowBeyondContracts(list, 'messages')) return ALLOWED;
  if (messageBytes === TRANSACTION_HASH_BYTES) return refused('messages-not-allowed');
  return allowBeyondContracts(list, 'data-messages') ? ALLOWED : refused('data-signing-not-allowed');
}
