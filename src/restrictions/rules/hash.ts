import { saysMore } from '../policy/message-terms.js';
import type { Rule } from './rule.js';

/**
 * In trust-hash mode nothing that a transaction says is bound to what is signed, so no rule about it can hold. What
 * upstream's suite needs stays: operations, looked up by name, and times.
 */
export const hashRule: Rule = {
  name: 'hash',
  isThere: ({ facts }) => facts.kind === 'transaction' && facts.hashIs === 'believed',
  refusal: ({ policy }) => (saysMore(policy) ? 'hash-not-checked' : undefined),
  allows: ({ policy }) => (saysMore(policy) ? 'transactions whose hash the service has computed itself' : 'any'),
  asked: () => 'a transaction whose hash is believed, as the service is configured',
  sentence: () => 'the hash of this transaction is believed and not checked, so none of its rules could be relied on',
};
