import type { MessageMode, Policy } from './policy.js';

/** What a policy means for messages: a mode, or `data`: only what is not 32 bytes long, so no transaction's hash. */
export type MessageTerms = MessageMode | 'data';

/**
 * Whether a policy says anything beyond what split keys could always be told: operations and times. Such a policy
 * would mean nothing if messages were signed unseen, since 32 bytes may be the hash of any transaction.
 */
export function saysMore(policy: Policy): boolean {
  return (
    policy.recipients !== undefined ||
    policy.maxValueSas !== undefined ||
    policy.limits !== undefined ||
    policy.hours !== undefined ||
    policy.creationWindowSeconds !== undefined ||
    policy.messages !== undefined
  );
}

/** Which messages may be signed: as `messages` says; else `typed` where more is said; else as the list always did. */
export function messageTerms(policy: Policy): MessageTerms {
  if (policy.messages !== undefined) return policy.messages;
  if (saysMore(policy)) return 'typed';
  const covers = policy.operations?.covers;
  if (covers === undefined || covers.has('messages')) return 'any';
  return covers.has('data-messages') ? 'data' : 'none';
}
