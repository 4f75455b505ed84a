import { calledFunction } from '../../chain/transaction-data.js';
import type { Transaction, TrustedTransaction } from '../../chain/transaction.js';
import { operationOf } from './operation-of.js';
import type { FoundOperation } from './operation-of.js';

/**
 * What is asked to be signed, as far as anything decides by it. Plain data, made once for each request before anything
 * is looked up: it is judged twice, can be kept in the record, and judged again from there.
 */
export type Facts = MessageFacts | TransactionFacts | BelievedFacts;

/** What a request asks for. A transaction whose hash is wrong has no facts: nothing that it says would be signed. */
export type RequestFacts = Facts | WrongHash;

export interface WrongHash {
  readonly kind: 'transaction';
  readonly hashIs: 'wrong';
}

/** Of the text of a message: not sent; sent, and the message is its hash; or that, but it reads as a transaction. */
export type TextShown = 'not-shown' | 'shown' | 'reads-as-transaction';

export interface MessageFacts {
  readonly kind: 'message';
  /** What is to be signed, lower-case hex: 1 to 1,024 bytes. */
  readonly hash: string;
  readonly text: TextShown;
}

/** Its hash was recomputed from these fields, and is the one that is to be signed. */
export interface TransactionFacts {
  readonly kind: 'transaction';
  readonly hashIs: 'right';
  /** 64 lower-case hex digits. */
  readonly hash: string;
  readonly operation: FoundOperation;
  /** 64 lower-case hex digits, or empty. */
  readonly toClientId: string;
  readonly valueSas: bigint;
  readonly nonce: bigint;
  /** 0 when there is none. */
  readonly creationDateSeconds: bigint;
}

/** In trust-hash mode: what is signed may be anything. */
export interface BelievedFacts {
  readonly kind: 'transaction';
  readonly hashIs: 'believed';
  readonly hash: string;
  /** What the data names, if it names one function for certain. Untrusted text. */
  readonly functionName: string | undefined;
}

/** The facts of a transaction from `parseTransaction` whose hash has been found right. */
export function transactionFacts(transaction: Transaction): TransactionFacts {
  const { hash, toClientId, valueSas, nonce, creationDateSeconds } = transaction;
  const operation = operationOf(transaction);
  return { kind: 'transaction', hashIs: 'right', hash, operation, toClientId, valueSas, nonce, creationDateSeconds };
}

/** Of a transaction from `parseTransaction`, whose hash is another's. */
export const WRONG_HASH: WrongHash = { kind: 'transaction', hashIs: 'wrong' };

export function believedFacts({ hash, data }: TrustedTransaction): BelievedFacts {
  return { kind: 'transaction', hashIs: 'believed', hash, functionName: calledFunction(data) };
}

/** The facts of a message. @param hash what is to be signed, lower-case hex */
export function messageFacts(hash: string, text: TextShown): MessageFacts {
  return { kind: 'message', hash, text };
}

/** Bytes of the message that is to be signed. */
export function messageBytes({ hash }: MessageFacts): number {
  return hash.length / 2;
}
