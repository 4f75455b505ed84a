import type { Dialect } from '../../http/dialect/dialect.js';
import type { WireRestrictions } from '../../wire/wire-restrictions.js';
import type { SplitKeyBody } from './split-key.body.js';
import { policyOfList } from '../../restrictions/policy/policy-and-list.js';
import { present } from '../../restrictions/policy/policy-fields.js';
import type { Policy } from '../../restrictions/policy/policy.js';

/** The policy that a request body asks for; an end of 0 is said, none is not. Throws `RESTRICTION.UNKNOWN_GROUP`. */
export function policyIn(body: SplitKeyBody, dialect: Dialect, restrictions: WireRestrictions): Policy {
  const names = body.restrictions ?? undefined;
  const policy = policyOfList(names === undefined ? 'unrestricted' : restrictions.read(names, dialect));
  return { ...policy, ...present('expiresAtSeconds', body.expires_at ?? undefined) };
}
