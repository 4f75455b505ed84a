import { DomainError } from '../../errors/domain-error.js';
import type { TxnVerification } from '../../audit/audit-trail.js';
import { decideTransaction, decideTrustedTransaction } from '../../restrictions/decide.js';
import type { Decision } from '../../restrictions/decide.js';
import { parseTransaction, parseTrustedTransaction } from '../../chain/parse-transaction.js';
import type { RestrictionList } from '../../restrictions/restriction-list.js';
import { hashIsRight } from '../../chain/transaction-hash.js';
import type { TrustedTransaction } from '../../chain/transaction.js';
import type { Refusal } from '../signing/refusal.js';
import { notAllowed } from '../signing/not-allowed.js';

/** A transaction to sign, and what a split key with given restrictions may not sign of it. */
export interface ReadTransaction {
  readonly transaction: TrustedTransaction;
  /** The user's partial signature as it came. */
  readonly signatureHex: string;
  readonly objectionOf: (restrictions: RestrictionList) => Refusal | undefined;
}

const HASH_MISMATCH: Refusal = {
  code: 'TRANSACTION.HASH_MISMATCH',
  message: 'hash: is not the hash of this transaction',
};

/**
 * Reads the body of `/sign/txn`. In strict mode the hash is recomputed, and a wrong one is an objection whatever
 * the restrictions; `trust-hash` believes the client, as upstream does (wire.md section 6).
 *
 * Throws `MalformedTransactionError`, or `REQUEST.INVALID_FIELD` when the signature is missing.
 */
export function readTransaction(text: string, verification: TxnVerification): ReadTransaction {
  if (verification === 'trust-hash') {
    const transaction = parseTrustedTransaction(text);
    return withSignatureOf(transaction, (list) => refusalOf(decideTrustedTransaction(list, transaction)));
  }
  const transaction = parseTransaction(text);
  // Pure and asked twice, so the hashing is done once.
  const isRight = hashIsRight(transaction);
  return withSignatureOf(transaction, (list) =>
    isRight ? refusalOf(decideTransaction(list, transaction)) : HASH_MISMATCH,
  );
}

function withSignatureOf(
  transaction: TrustedTransaction,
  objectionOf: ReadTransaction['objectionOf'],
): ReadTransaction {
  const { signature } = transaction;
  if (signature === undefined) {
    throw new DomainError('REQUEST.INVALID_FIELD', "signature: the user's partial signature is missing", {
      field: 'signature',
    });
  }
  return { transaction, signatureHex: signature, objectionOf };
}

function refusalOf(decision: Decision): Refusal | undefined {
  return decision.allowed ? undefined : notAllowed(decision.reason);
}
