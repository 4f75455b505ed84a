import { MalformedPolicyError } from '../../../src/restrictions/policy/malformed-policy-error.js';
import { parsePolicy } from '../../../src/restrictions/policy/parse-policy.js';
import type { Policy } from '../../../src/restrictions/policy/policy.js';
import type { PolicyJson } from './reference-evaluator.js';

/** The policy; undefined for one that is refused when it is written. */
export function policyUnlessRefused(json: PolicyJson): Policy | undefined {
  try {
    return parsePolicy(json);
  } catch (error) {
    if (error instanceof MalformedPolicyError) return undefined;
    throw error;
  }
}
