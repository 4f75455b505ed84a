import type { Policy } from '../../restrictions/policy/policy.js';
import { refuseTheImpossible } from '../../restrictions/policy/refuse-the-impossible.js';
import { withEnd } from '../../restrictions/terms/terms.js';
import type { ServerShare } from '../domain/server-share.js';

/**
 * A proposed policy with its end; without one it keeps the present end of the split key, and 0 takes it away. Throws
 * `MalformedPolicyError` when the end that it keeps lies before its beginning.
 */
export function keepingItsEnd(proposed: Policy, { expiresAtSeconds }: Pick<ServerShare, 'expiresAtSeconds'>): Policy {
  const policy = withEnd(proposed, proposed.expiresAtSeconds ?? expiresAtSeconds);
  refuseTheImpossible(policy, 'policy');
  return policy;
}
