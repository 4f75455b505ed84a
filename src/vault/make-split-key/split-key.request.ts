import { DomainError } from '../../errors/domain-error.js';
import type { Dialect } from '../../http/dialect/dialect.js';
import type { WireRestrictions } from '../../wire/wire-restrictions.js';
import { parsePolicy } from '../../restrictions/policy/parse-policy.js';
import { agrees, policyOfList } from '../../restrictions/policy/policy-and-list.js';
import { present } from '../../restrictions/policy/policy-fields.js';
import type { AskedSplitKey } from './make-split-key.js';
import type { SplitKeyBody } from './split-key.body.js';

/**
 * The policy that a request body asks for; an end of 0 is said, none is not. Throws `RESTRICTION.UNKNOWN_GROUP`,
 * `MalformedPolicyError`, and `REQUEST.INVALID_FIELD` for a policy beside which something else is said.
 */
export function policyIn(
  body: SplitKeyBody,
  dialect: Dialect,
  restrictions: WireRestrictions,
): Pick<AskedSplitKey, 'policy' | 'isPolicyGiven'> {
  const names = body.restrictions ?? undefined;
  const end = body.expires_at ?? undefined;
  const isPolicyGiven = body.policy !== undefined && body.policy !== null;
  if (!isPolicyGiven) {
    const policy = policyOfList(names === undefined ? 'unrestricted' : restrictions.read(names, dialect));
    return { policy: { ...policy, ...present('expiresAtSeconds', end) }, isPolicyGiven };
  }
  const policy = parsePolicy(body.policy);
  // As they are named: what the SDK dialect adds in silence to a list, it adds to no policy.
  if (names !== undefined && !agrees(policy, restrictions.read(names, 'documented'))) {
    throw disagreeing('restrictions', 'allow something else than policy.operations; leave them out');
  }
  if (end !== undefined && end !== policy.expiresAtSeconds) {
    throw disagreeing('expires_at', 'is not policy.expires_at; leave it out');
  }
  return { policy, isPolicyGiven };
}

function disagreeing(field: string, why: string): DomainError {
  return new DomainError('REQUEST.INVALID_FIELD', `${field}: ${why}`, { field });
}
