import { statementsOf } from '../../database/open-transaction.js';
import type { Transaction } from '../../database/transaction.js';

const OF_WALLET = 'UPDATE vault_kept_answers SET sealed_answer = NULL WHERE wallet_id = ?';
const OF_SPLIT_KEY = 'UPDATE vault_kept_answers SET sealed_answer = NULL WHERE split_key_id = ?';
const OF_SHARING = `${OF_SPLIT_KEY} AND shared_to IS NOT NULL`;

// For the repositories that end what an answer told of: the answer goes in the same transaction, and what is left of it
// says that there was one.

/** Erases what was answered about a wallet that is deleted, and about its split keys. */
export function eraseAnswersOfWallet(walletId: string, transaction: Transaction): void {
  statementsOf(transaction).run(OF_WALLET, walletId);
}

/** Erases what was answered about a split key that signs no more. */
export function eraseAnswersOfSplitKey(splitKeyId: string, transaction: Transaction): void {
  statementsOf(transaction).run(OF_SPLIT_KEY, splitKeyId);
}

/** Erases what was answered to earlier sharings of a split key. */
export function eraseAnswersOfSharing(splitKeyId: string, transaction: Transaction): void {
  statementsOf(transaction).run(OF_SHARING, splitKeyId);
}
