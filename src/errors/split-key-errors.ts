import { DomainError } from './domain-error.js';

/** The one answer for what does not exist and for what is not the caller's, in both halves. */
export function unknownSplitKey(): DomainError {
  return new DomainError('SPLIT_KEY.UNKNOWN', 'unknown split key');
}

/** What somebody is told whose wallet has `most` live split keys, in whichever half they are counted. */
export function splitKeyQuota(most: number): DomainError {
  return new DomainError('SPLIT_KEY.QUOTA', `the wallet has ${most} live split keys, which is as many as may be`);
}
