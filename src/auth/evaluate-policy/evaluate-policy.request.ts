import type { TxnVerification } from '../../audit/audit-entry.js';
import { MalformedTransactionError } from '../../chain/malformed-transaction-error.js';
import { proposedTransaction } from '../../chain/parse-transaction.js';
import { hashIsRight } from '../../chain/transaction-hash.js';
import type { Transaction } from '../../chain/transaction.js';
import { decodeMessage, encodeHex, MESSAGE_FORM } from '../../crypto/bls0chain/codec.js';
import type { ClientId } from '../../crypto/key-names.js';
import { DomainError } from '../../errors/domain-error.js';
import { exactJsonObject, requiredJsonObject, unknownField } from '../../http/body/json-document.js';
import { believedFacts, messageFacts, transactionFacts } from '../../restrictions/facts/facts.js';
import type { Facts } from '../../restrictions/facts/facts.js';
import { textHash } from '../../restrictions/facts/message-text.js';
import { parsePolicy } from '../../restrictions/policy/parse-policy.js';
import { MOST_POLICY_VALUES, POLICY_BODY_BYTES } from '../../wire/policy-document.js';
import { shownText, textShown } from '../wire/message-text-field.js';
import type { EvaluateMessageBody, EvaluateTransactionBody } from './evaluate-policy.body.js';
import type { AskedOfPolicy } from './evaluate-policy.js';

type Field = keyof EvaluateMessageBody | keyof EvaluateTransactionBody;

const FIELDS: ReadonlySet<string> = new Set<Field>(['transaction', 'hash', 'message', 'policy']);

/** A policy at its largest, and what stands beside it at its largest. */
export const EVALUATE_POLICY_BODY_BYTES = POLICY_BODY_BYTES + 65_536;

/** Of the policy, and of what stands beside it. */
const MOST_VALUES = MOST_POLICY_VALUES + 512;

/**
 * Reads the body. A transaction is read without losing a digit.
 *
 * @param clientId of the path, which a transaction must be of
 *
 * Throws `REQUEST.MALFORMED_JSON`, `.UNKNOWN_FIELD`, `.INVALID_FIELD`, `MESSAGE.HASH_MISMATCH`,
 * `TRANSACTION.HASH_MISMATCH`, and `MalformedTransactionError`, `MalformedPolicyError`, `MalformedEncodingError`.
 */
export function questionIn(text: string, clientId: ClientId, verification: TxnVerification): AskedOfPolicy {
  const fields = requiredJsonObject(text, MOST_VALUES);
  if (Object.keys(fields).some((name) => !FIELDS.has(name))) throw unknownField();
  const { transaction, policy, hash, message } = fields as Partial<Record<Field, unknown>>;
  const isMessage = isThere(hash) || isThere(message);
  if (isThere(transaction) === isMessage) throw eitherOr();
  return {
    facts: isMessage
      ? messageFactsIn(fields)
      : transactionFactsIn(exactJsonObject(text, MOST_VALUES)['transaction'], clientId, verification),
    policy: isThere(policy) ? parsePolicy(policy) : undefined,
  };
}

/** The hash may be left out where the text is there. */
function messageFactsIn(fields: Readonly<Record<string, unknown>>): Facts {
  const text = shownText(fields);
  const { hash } = fields;
  if (!isThere(hash) && text !== undefined) return messageFactsOfText(text);
  if (typeof hash !== 'string')
    throw new DomainError('REQUEST.INVALID_FIELD', `hash: ${MESSAGE_FORM}`, { field: 'hash' });
  const hashHex = encodeHex(decodeMessage(hash, 'hash'));
  return messageFacts(hashHex, textShown(text, hashHex));
}

function messageFactsOfText(text: string): Facts {
  const hashHex = textHash(text);
  return messageFacts(hashHex, textShown(text, hashHex));
}

function transactionFactsIn(value: unknown, clientId: ClientId, verification: TxnVerification): Facts {
  const transaction = transactionIn(value);
  if (transaction.clientId !== clientId) {
    throw new DomainError('REQUEST.INVALID_FIELD', 'transaction.client_id: must be the one of the path', {
      field: 'transaction.client_id',
    });
  }
  if (verification === 'trust-hash') return believedFacts(transaction);
  if (hashIsRight(transaction)) return transactionFacts(transaction);
  const field = 'transaction.hash';
  throw new DomainError('TRANSACTION.HASH_MISMATCH', `${field}: is not the hash of this transaction`, { field });
}

function transactionIn(value: unknown): Transaction {
  try {
    return proposedTransaction(value);
  } catch (error) {
    if (!(error instanceof MalformedTransactionError)) throw error;
    const { field, reason } = error;
    throw new MalformedTransactionError(field === 'body' ? 'transaction' : `transaction.${field}`, reason);
  }
}

/** Null is as good as absent. */
function isThere(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function eitherOr(): DomainError {
  const message = 'transaction: must be there, or else hash or message, and not both';
  return new DomainError('REQUEST.INVALID_FIELD', message, { field: 'transaction' });
}
