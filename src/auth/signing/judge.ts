import type { Standing } from '../domain/server-share.js';
import type { Refusal } from './refusal.js';
import type { SigningRequest } from './signing-request.js';

/**
 * Whether the split key, as it stands now, may sign what is asked for: `undefined` when it may. Pure; asked twice
 * for each signature, early to save work and in the recording transaction, where it counts.
 */
export function judge(share: Standing, request: SigningRequest, nowSeconds: number): Refusal | undefined {
  if (share.isRevoked) return { code: 'SPLIT_KEY.REVOKED', message: 'the split key has been revoked' };
  // The last second belongs to "expired"; nothing waits for a sweeper.
  if (share.expiresAtSeconds !== 0 && share.expiresAtSeconds <= nowSeconds) {
    return { code: 'SPLIT_KEY.EXPIRED', message: 'the split key has expired' };
  }
  return request.objectionOf(share.restrictions);
}
