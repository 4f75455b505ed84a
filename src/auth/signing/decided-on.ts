import type { AuditFacts } from '../../audit/audit-facts.js';
import type { SigningSubject } from '../../audit/signing-entry.js';
import { encodeHex } from '../../crypto/bls0chain/codec.js';
import type { RefusingRule } from '../../errors/domain-error.js';
import type { RequestFacts } from '../../restrictions/facts/facts.js';
import { recordedFacts } from '../../restrictions/facts/recorded-facts.js';
import { policyHash } from '../../restrictions/policy/policy-json.js';
import type { DecidingPolicy } from './refusal.js';
import type { SigningShare } from '../domain/server-share.js';
import type { SigningRequest } from './signing-request.js';

/**
 * What the record keeps of what was decided on, and by what. Of a transaction of another hash than the one that is to be
 * signed nothing: none of it would be signed.
 */
export function decidedOn(facts: RequestFacts, by: DecidingPolicy | undefined, rule?: RefusingRule): AuditFacts {
  return {
    ...('hashIs' in facts && facts.hashIs === 'wrong' ? {} : { asked: recordedFacts(facts) }),
    ...(by === undefined ? {} : { policy_revision: by.revision }),
    ...(by === undefined || by.policy === 'unreadable' ? {} : { policy_hash: policyHash(by.policy) }),
    ...(rule === undefined ? {} : { refused_by: { rule: rule.rule, reason: rule.reason } }),
  };
}

/** What is decided about. */
export function subjectOf(share: SigningShare, { message }: Pick<SigningRequest, 'message'>): SigningSubject {
  return { clientId: share.clientId, publicKeyHex: share.userPublicKeyHex, signedHashHex: encodeHex(message) };
}
