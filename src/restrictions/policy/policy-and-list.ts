import type { RestrictionList } from '../restriction-list.js';
import { saysMore } from './message-terms.js';
import { coverTheSame, operationSet, wholeGroups } from './operation-set.js';
import type { Policy } from './policy.js';
import { refuseTheImpossible } from './refuse-the-impossible.js';

/** The policy that a list of restrictions is: its operations, and nothing else. */
export function policyOfList(list: RestrictionList): Policy {
  return list === 'unrestricted' ? {} : { operations: operationSet(list) };
}

/** What of a policy somebody is shown who knows lists only: the groups that it allows whole. */
export function listOfPolicy({ operations }: Policy): RestrictionList {
  return operations === undefined ? 'unrestricted' : wholeGroups(operations);
}

/** Whether a policy and a list that came together say the same of operations. */
export function agrees({ operations }: Policy, list: RestrictionList): boolean {
  if (operations === undefined || list === 'unrestricted') return operations === undefined && list === 'unrestricted';
  return coverTheSame(operations, operationSet(list));
}

/**
 * The policy after somebody wrote a list: its operations are replaced, and nothing else. Where the policy says more than
 * a list can, the groups of messages are left out, so that who knows nothing of it does not loosen it unawares.
 *
 * @throws MalformedPolicyError when what remains can never hold: recipients without an operation that has one
 */
export function withList(policy: Policy, list: RestrictionList): Policy {
  const { operations, ...others } = policy;
  if (list === 'unrestricted') return operations === undefined ? policy : others;
  const isMore = saysMore(policy);
  const names = list.filter((group) => !isMore || (group !== 'message_signing' && group !== 'data_signing'));
  const changed: Policy = { ...others, operations: operationSet(names) };
  refuseTheImpossible(changed, 'policy');
  return changed;
}
