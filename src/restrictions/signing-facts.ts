import type { Transaction, TrustedTransaction } from '../chain/transaction.js';

/**
 * What is to be signed, as far as it is decided by. Made once for each request, before anything is looked up: data, so
 * that it can be judged again in the deciding transaction, by whatever engine.
 */
export type SigningFacts = WrongTransaction | SoundFacts;

/** Facts that restrictions can be asked about. */
export type SoundFacts = MessageFacts | CheckedTransaction | BelievedTransaction;

interface MessageFacts {
  readonly kind: 'message';
  readonly messageBytes: number;
}

/** Its hash was recomputed, and is the one that is to be signed. */
interface CheckedTransaction {
  readonly kind: 'transaction';
  readonly hash: 'right';
  readonly transaction: Transaction;
}

/** The hash that is to be signed is another's: nothing that the transaction says would be signed. */
interface WrongTransaction {
  readonly kind: 'transaction';
  readonly hash: 'wrong';
  readonly transaction: Transaction;
}

/** In trust-hash mode, where nothing is recomputed. */
interface BelievedTransaction {
  readonly kind: 'transaction';
  readonly hash: 'believed';
  readonly transaction: TrustedTransaction;
}
