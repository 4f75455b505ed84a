import { stringify } from 'lossless-json';
import { parseExactJsonObject } from '../json/json-object.js';
import type { JsonObject } from '../json/json-object.js';
import { MalformedTransactionError } from './malformed-transaction-error.js';
import { transactionHash } from './transaction-hash.js';
import type { Transaction, TrustedTransaction } from './transaction.js';
import {
  checkJsonType,
  hexOrEmpty,
  integerOrZero,
  MAX_INT64,
  MAX_UINT64,
  optionalText,
  requiredHash,
  requiredHex,
  requiredInteger,
  requiredText,
} from './transaction-fields.js';

/** Strings that the chain or its clients add, that are not signed and decide nothing here. */
const UNSIGNED_TEXTS = ['version', 'public_key', 'chain_id', 'transaction_output', 'txn_output_hash'] as const;

function parseDocument(text: string): JsonObject {
  const parsed = parseExactJsonObject(text);
  if (!parsed.ok) throw new MalformedTransactionError('body', parsed.reason);
  return parsed.object;
}

function readTrusted(document: JsonObject, text: string): TrustedTransaction {
  return {
    hash: requiredHash(document, 'hash'),
    clientId: requiredHex(document, 'client_id'),
    data: requiredText(document, 'transaction_data'),
    signature: optionalText(document, 'signature'),
    text,
  };
}

/**
 * Parses the text of a transaction under the strict grammar, which makes the `:`-joined string that the hash
 * covers unambiguous. Unknown fields are ignored, in any spelling: they are not signed. What may be absent
 * follows gosdk's `core/transaction/transaction.go`, which omits empty strings and a zero creation date but
 * always sends type, value, nonce and data; null is as good as absent there, as it is for Go. The hash is not compared
 * here: see `hashIsRight`.
 *
 * @param text the request body, decoded from UTF-8
 * @throws MalformedTransactionError naming the field, never its value
 */
export function parseTransaction(text: string): Transaction {
  const document = parseDocument(text);
  return transactionIn(document, readTrusted(document, text));
}

/**
 * The same, of a transaction that is not to be signed yet and stands in a document that was parsed with all its digits:
 * the hash may be absent too, and is then computed.
 *
 * @param value what stands there
 * @throws MalformedTransactionError naming the field, or `body` where it is no object
 */
export function proposedTransaction(value: unknown): Transaction {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new MalformedTransactionError('body', 'not-a-json-object');
  }
  const document = value as JsonObject;
  const hasHash = optionalText(document, 'hash') !== undefined;
  const proposed = transactionIn(document, readTrusted({ ...document, ...(hasHash ? {} : { hash: NO_HASH }) }, ''));
  return hasHash ? proposed : { ...proposed, hash: transactionHash(proposed) };
}

/** Stands in for a hash until it is computed. */
const NO_HASH = '0'.repeat(64);

function transactionIn(document: JsonObject, trusted: TrustedTransaction): Transaction {
  for (const field of UNSIGNED_TEXTS) checkJsonType(document, field, 'string');
  checkJsonType(document, 'transaction_status', 'number');
  const { hash, clientId, data, signature, text } = trusted;
  // Named one by one: spreading them costs several times the rest of this function.
  return {
    hash,
    clientId,
    data,
    signature,
    text,
    toClientId: hexOrEmpty(document, 'to_client_id'),
    valueSas: requiredInteger(document, 'transaction_value', MAX_UINT64),
    feeSas: integerOrZero(document, 'transaction_fee', MAX_UINT64),
    nonce: requiredInteger(document, 'transaction_nonce', MAX_INT64),
    creationDateSeconds: integerOrZero(document, 'creation_date', MAX_INT64),
    type: requiredInteger(document, 'transaction_type', MAX_INT64),
  };
}

/**
 * Parses only what trust-hash mode reads: `client_id`, `hash`, `signature` and `transaction_data`. All other
 * fields may be anything or absent. The hash is the client's word and need not belong to the rest.
 *
 * @throws MalformedTransactionError naming the field, never its value
 */
export function parseTrustedTransaction(text: string): TrustedTransaction {
  return readTrusted(parseDocument(text), text);
}

/**
 * The transaction as JSON with `signature` replaced (or added at the end), unknown fields included and every
 * number in its original digits. White space is not kept. For clients that ask for the whole transaction.
 */
export function withSignature(transaction: TrustedTransaction, signatureHex: string): string {
  const answer = stringify({ ...parseDocument(transaction.text), signature: signatureHex });
  if (answer === undefined) throw new Error('a JSON object always has a JSON form');
  return answer;
}
