import type { RequestFacts } from '../../restrictions/facts/facts.js';
import type { Usage } from '../../restrictions/limits/usage.js';
import { ALTERED } from '../../errors/altered-row.js';
import { endOf } from '../../restrictions/terms/terms.js';
import type { SigningShare, Standing } from '../domain/server-share.js';
import { judgeByPolicy } from './judge-by-policy.js';
import { LIMITS_ASIDE } from './limits-aside.js';
import { CLOCK_IN_DOUBT } from './refusal.js';
import type { Judgement, Refusal } from './refusal.js';
import type { SigningMoment } from './signing-time.js';

const UNKNOWN: Refusal = { code: 'SPLIT_KEY.UNKNOWN', message: 'unknown split key' };
const ALTERED_ROW: Refusal = { code: 'RECORD.ALTERED', message: ALTERED };
const REVOKED: Refusal = { code: 'SPLIT_KEY.REVOKED', message: 'the split key has been revoked' };
const FROZEN: Refusal = { code: 'SPLIT_KEY.FROZEN', message: 'its owner has frozen the wallet of the split key' };
const EXPIRED: Refusal = { code: 'SPLIT_KEY.EXPIRED', message: 'the split key has expired' };
const UNREADABLE: Refusal = {
  code: 'SIGNING.FAILED',
  message: 'what the split key may sign cannot be read; nothing was signed',
};
const HASH_MISMATCH: Refusal = {
  code: 'TRANSACTION.HASH_MISMATCH',
  message: 'hash: is not the hash of this transaction',
};

/**
 * Whether a split key that stands so, and was used so, may sign what is asked for. Pure; asked twice for each signature,
 * early to save work ({@link judgeEarly}) and in the recording transaction, where it counts.
 *
 * @param standing `undefined` when there is no such split key (any more)
 * @param usage what limits ask for; `undefined` where it cannot be told: then a key with limits signs nothing
 */
export function judge(
  standing: Standing | undefined,
  facts: RequestFacts,
  moment: SigningMoment,
  usage: Usage | undefined,
): Judgement {
  if (standing === undefined) return { refusal: UNKNOWN };
  if (standing.isAltered) return { refusal: ALTERED_ROW };
  const past = refusalOfState(standing, moment);
  if (past !== undefined) return { refusal: past };
  if (facts.kind === 'transaction' && facts.hashIs === 'wrong') return { refusal: HASH_MISMATCH };
  if (standing.policy === 'unreadable') return { refusal: UNREADABLE };
  return judgeByPolicy(standing.policy, usage, facts, moment);
}

/** What is for good comes first; then what its owner has said, which needs neither a clock nor a policy that can be read. */
function refusalOfState({ isRevoked, isFrozen, policy }: Standing, moment: SigningMoment): Refusal | undefined {
  if (isRevoked) return REVOKED;
  if (isFrozen) return FROZEN;
  if (moment.isBehind) return CLOCK_IN_DOUBT;
  const expiresAtSeconds = policy === 'unreadable' ? 0 : endOf(policy);
  if (expiresAtSeconds === 0) return undefined;
  // The last second belongs to "expired"; nothing waits for a sweeper.
  if (expiresAtSeconds <= moment.seconds) return EXPIRED;
  return expiresAtSeconds <= moment.latestSeconds ? CLOCK_IN_DOUBT : undefined;
}

/**
 * Why what was just read may not sign; `undefined` when it may as far as can be told before the curve work. A server share
 * that was overwritten after its expiry signs no more, even if the clock has been set back since. One that is empty and
 * never expires is damaged, which the worker says.
 *
 * @param usage as of {@link judge}, where it is at hand; without it limits are left to the recording transaction
 */
export function judgeEarly(
  found: SigningShare,
  facts: RequestFacts,
  moment: SigningMoment,
  usage: Usage = LIMITS_ASIDE,
): Refusal | undefined {
  const { refusal } = judge(found, facts, moment, usage);
  return refusal ?? (isErased(found, found.sealed.byteLength) ? EXPIRED : undefined);
}

/** Whether a server share was overwritten after it had expired. @param bytes of what is sealed */
export function isErased({ policy }: Standing, bytes: number): boolean {
  return bytes === 0 && policy !== 'unreadable' && endOf(policy) !== 0;
}
