import type { TxnVerification } from '../../audit/audit-entry.js';
import { parseTransaction, parseTrustedTransaction } from '../../chain/parse-transaction.js';
import { hashIsRight } from '../../chain/transaction-hash.js';
import type { TrustedTransaction } from '../../chain/transaction.js';
import { decodeHash, decodeSignatureBytes } from '../../crypto/bls0chain/codec.js';
import { DomainError } from '../../errors/domain-error.js';
import { believedFacts, transactionFacts, WRONG_HASH } from '../../restrictions/facts/facts.js';
import type { RequestFacts } from '../../restrictions/facts/facts.js';
import { parseClientIdField } from '../../wire/named-inputs.js';
import type { TransactionToSign } from './sign-transaction.js';

/**
 * Reads the body of `/sign/txn`. In strict mode the hash is recomputed, once, and a wrong one is refused whatever
 * the restrictions; `trust-hash` believes the client, as upstream does (wire.md section 6).
 *
 * Throws `MalformedTransactionError`, `MalformedEncodingError`, or `REQUEST.INVALID_FIELD` when the signature is missing.
 */
export function readTransaction(text: string, verification: TxnVerification): TransactionToSign {
  if (verification === 'trust-hash') {
    const transaction = parseTrustedTransaction(text);
    return toSign(transaction, believedFacts(transaction));
  }
  const transaction = parseTransaction(text);
  return toSign(transaction, hashIsRight(transaction) ? transactionFacts(transaction) : WRONG_HASH);
}

function toSign(transaction: TrustedTransaction, facts: RequestFacts): TransactionToSign {
  const { clientId, hash, signature } = transaction;
  if (signature === undefined) {
    throw new DomainError('REQUEST.INVALID_FIELD', "signature: the user's partial signature is missing", {
      field: 'signature',
    });
  }
  return {
    transaction,
    clientId: parseClientIdField(clientId, 'client_id'),
    message: decodeHash(hash, 'hash'),
    userPartial: decodeSignatureBytes(signature, 'signature'),
    facts,
  };
}
