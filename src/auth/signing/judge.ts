import type { Moment } from '../../clock/clock.js';
import type { ErrorCode } from '../../errors/error-catalogue.js';
import { decide } from '../../restrictions/decide.js';
import type { SigningFacts } from '../../restrictions/signing-facts.js';
import type { SigningShare, Standing } from '../domain/server-share.js';

/** Why something may not be signed. */
export interface Refusal {
  readonly code: ErrorCode;
  readonly message: string;
}

const UNKNOWN: Refusal = { code: 'SPLIT_KEY.UNKNOWN', message: 'unknown split key' };
const REVOKED: Refusal = { code: 'SPLIT_KEY.REVOKED', message: 'the split key has been revoked' };
const EXPIRED: Refusal = { code: 'SPLIT_KEY.EXPIRED', message: 'the split key has expired' };
const CLOCK_IN_DOUBT: Refusal = {
  code: 'CLOCK.IN_DOUBT',
  message: 'the clock of the service cannot be believed at present; nothing was signed',
};
const UNREADABLE: Refusal = {
  code: 'SIGNING.FAILED',
  message: 'what the split key may sign cannot be read; nothing was signed',
};
const WRONG_HASH: Refusal = {
  code: 'TRANSACTION.HASH_MISMATCH',
  message: 'hash: is not the hash of this transaction',
};

/**
 * Whether a split key that stands so may sign what is asked for: `undefined` when it may. Pure; asked twice for each
 * signature, early to save work and in the recording transaction, where it counts.
 *
 * @param standing `undefined` when there is no such split key (any more)
 */
export function judge(standing: Standing | undefined, facts: SigningFacts, moment: Moment): Refusal | undefined {
  if (standing === undefined) return UNKNOWN;
  if (standing.isRevoked) return REVOKED;
  if (moment.isBehind) return CLOCK_IN_DOUBT;
  const { expiresAtSeconds } = standing;
  if (expiresAtSeconds !== 0) {
    // The last second belongs to "expired"; nothing waits for a sweeper.
    if (expiresAtSeconds <= moment.seconds) return EXPIRED;
    if (expiresAtSeconds <= moment.latestSeconds) return CLOCK_IN_DOUBT;
  }
  if (facts.kind === 'transaction' && facts.hash === 'wrong') return WRONG_HASH;
  if (standing.restrictions === 'unreadable') return UNREADABLE;
  const decision = decide(standing.restrictions, facts);
  if (decision.allowed) return undefined;
  return {
    code: 'SIGNING.NOT_ALLOWED',
    // The reason is one of a fixed set of words.
    message: `the split key's restrictions do not allow this: ${decision.reason}`,
  };
}

/**
 * As {@link judge}, of what was just read: a server share that was overwritten after its expiry signs no more, even if the
 * clock has been set back since. One that is empty and never expires is damaged, which the worker says.
 */
export function judgeEarly(found: SigningShare, facts: SigningFacts, moment: Moment): Refusal | undefined {
  const isErased = found.sealed.byteLength === 0 && found.expiresAtSeconds !== 0;
  return judge(found, facts, moment) ?? (isErased ? EXPIRED : undefined);
}
