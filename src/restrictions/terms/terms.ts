import type { Policy } from '../policy/policy.js';

/** A policy as it stands in a row: `unreadable` when the row is damaged or was written by a newer release. */
export type StoredPolicy = Policy | 'unreadable';

/** What both halves of a split key know of what may be signed with it: its policy, times included, and its standing. */
export interface Terms<OfPolicy extends StoredPolicy = StoredPolicy> {
  readonly policy: OfPolicy;
  readonly isRevoked: boolean;
}

/**
 * What becomes of the terms, in both halves alike. Revoking is no policy: it reads none, so that it can be done to a
 * split key whose policy cannot be read.
 */
export type TermsChange = { readonly policy: Policy } | 'revoked';

/** When a split key with this policy ends, in seconds since 1970; 0 = never. */
export function endOf(policy: Policy): number {
  return policy.expiresAtSeconds ?? 0;
}

/** The policy with another end; 0 = never. */
export function withEnd(policy: Policy, expiresAtSeconds: number): Policy {
  const { expiresAtSeconds: before, ...others } = policy;
  if (before === expiresAtSeconds) return policy;
  return expiresAtSeconds === 0 ? others : { ...others, expiresAtSeconds };
}
