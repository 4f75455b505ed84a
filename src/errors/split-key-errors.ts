import { DomainError } from './domain-error.js';

/** The one answer for what does not exist and for what is not the caller's, in both halves. */
export function unknownSplitKey(): DomainError {
  return new DomainError('SPLIT_KEY.UNKNOWN', 'unknown split key');
}

/** The one answer for a wallet that does not exist and for one that is not the caller's. */
export function unknownWallet(): DomainError {
  return new DomainError('WALLET.UNKNOWN', 'unknown wallet');
}

/** What it may sign cannot be read: the row is damaged, or was written by a newer release. It signs nothing. */
export function unreadablePolicy(): DomainError {
  return new DomainError('POLICY.UNREADABLE', 'what the split key may sign cannot be read; it signs nothing');
}

/** It can have no later end any more. */
export function expiredForGood(): DomainError {
  return new DomainError(
    'SPLIT_KEY.EXPIRED',
    'the split key has expired so long ago that its server share was overwritten; make another one',
  );
}

/** What somebody is told whose wallet has `most` live split keys, in whichever half they are counted. */
export function splitKeyQuota(most: number): DomainError {
  return new DomainError('SPLIT_KEY.QUOTA', `the wallet has ${most} live split keys, which is as many as may be`);
}
