import { hash } from 'node:crypto';
import type { Transaction } from './transaction.js';

/** Bytes of a transaction's hash. No message of another length can be one. */
export const TRANSACTION_HASH_BYTES = 32;

/** The fields that the chain's hash covers. Everything else can be changed under the same signature. */
export type SignedFields = Pick<
  Transaction,
  'creationDateSeconds' | 'nonce' | 'clientId' | 'toClientId' | 'valueSas' | 'data'
>;

/** SHA3-256 (FIPS 202) of the UTF-8 bytes, as 64 lower-case hex digits. */
function sha3Hex(text: string): string {
  return hash('sha3-256', text, 'hex');
}

/**
 * The string that the chain hashes (`HashData` in 0chain/0chain `chaincore/transaction/entity.go`). Under the
 * grammar of `parseTransaction` no two transactions with different signed fields share it (short of a
 * collision in the data's hash): it has exactly five colons, and none inside a field. The other strings that
 * wallets sign the hash of (markers, tickets, log-ins) have more fields or begin with a 64-digit id.
 */
export function transactionPreimage(fields: SignedFields): string {
  return [
    fields.creationDateSeconds,
    fields.nonce,
    fields.clientId,
    fields.toClientId,
    fields.valueSas,
    sha3Hex(fields.data),
  ].join(':');
}

/** The transaction's hash, recomputed from its fields: 64 lower-case hex digits. */
export function transactionHash(fields: SignedFields): string {
  return sha3Hex(transactionPreimage(fields));
}

/** Whether the hash that the client sent is the hash of the transaction. False means: sign nothing. */
export function hashIsRight(transaction: Transaction): boolean {
  return transaction.hash === transactionHash(transaction);
}
