import type { Evidence } from './evidence.js';
import type { HashedTransaction } from './transaction.js';

/** A signature of the wallet, verified, and that it is on record. */
export interface Signed {
  /** 64 hexadecimal digits, which the chain takes as the wallet's own. */
  readonly signature: string;
  /** What was signed, hexadecimal. */
  readonly hash: string;
  /** To be kept with the signature. Absent where the service decided it in an earlier release. */
  readonly evidence: Evidence | undefined;
}

export interface SignedTransaction extends Signed {
  /** As the chain takes it, but for its bigints: `jsonText` writes them. */
  readonly transaction: HashedTransaction & { readonly signature: string };
}

/** Told of each decision that came with evidence, approved or refused, before the caller is. */
export type KeepEvidence = (evidence: Evidence, decision: { readonly clientId: string; readonly hash: string }) => void;

/** What each signing call takes beside what is signed. */
export interface SignOptions {
  readonly signal?: AbortSignal;
}
