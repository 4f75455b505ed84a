import { DomainError } from '../../errors/domain-error.js';
import type { TxnVerification } from '../../audit/audit-entry.js';
import { parseTransaction, parseTrustedTransaction } from '../../chain/parse-transaction.js';
import { hashIsRight } from '../../chain/transaction-hash.js';
import type { TrustedTransaction } from '../../chain/transaction.js';
import type { SigningFacts } from '../../restrictions/signing-facts.js';

/** A transaction to sign, and what decides whether it is signed. */
export interface ReadTransaction {
  readonly transaction: TrustedTransaction;
  /** The user's partial signature as it came. */
  readonly signatureHex: string;
  readonly facts: SigningFacts;
}

/**
 * Reads the body of `/sign/txn`. In strict mode the hash is recomputed, once, and a wrong one is refused whatever
 * the restrictions; `trust-hash` believes the client, as upstream does (wire.md section 6).
 *
 * Throws `MalformedTransactionError`, or `REQUEST.INVALID_FIELD` when the signature is missing.
 */
export function readTransaction(text: string, verification: TxnVerification): ReadTransaction {
  if (verification === 'trust-hash') {
    const transaction = parseTrustedTransaction(text);
    return withSignatureOf(transaction, { kind: 'transaction', hash: 'believed', transaction });
  }
  const transaction = parseTransaction(text);
  const hash = hashIsRight(transaction) ? 'right' : 'wrong';
  return withSignatureOf(transaction, { kind: 'transaction', hash, transaction });
}

function withSignatureOf(transaction: TrustedTransaction, facts: SigningFacts): ReadTransaction {
  const { signature } = transaction;
  if (signature === undefined) {
    throw new DomainError('REQUEST.INVALID_FIELD', "signature: the user's partial signature is missing", {
      field: 'signature',
    });
  }
  return { transaction, signatureHex: signature, facts };
}
