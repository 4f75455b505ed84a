import { MalformedPolicyError } from './malformed-policy-error.js';
import { saysMore } from './message-terms.js';
import type { Policy } from './policy.js';

/**
 * Refuses a policy whose members contradict each other, or of which one can never hold.
 *
 * @param path what the policy is called in errors
 * @throws MalformedPolicyError with the reason in words
 */
export function refuseTheImpossible(policy: Policy, path: string): void {
  refuseToCloseFirst(policy, path);
  refuseRecipientsOfNothing(policy, path);
  refuseContradictedMessages(policy, path);
}

function refuseToCloseFirst({ notBeforeSeconds = 0, expiresAtSeconds = 0 }: Policy, path: string): void {
  if (expiresAtSeconds === 0 || expiresAtSeconds > notBeforeSeconds) return;
  throw new MalformedPolicyError(`${path}.expires_at`, 'is not after not_before, so the key could never sign');
}

function refuseRecipientsOfNothing({ operations, recipients }: Policy, path: string): void {
  if (recipients === undefined || operations === undefined) return;
  if (operations.covers.has('transfer') || operations.covers.has('data')) return;
  const why = 'can never be sent to: no operation that is allowed has a recipient (transfer, data, or a group of them)';
  throw new MalformedPolicyError(`${path}.recipients`, why);
}

function refuseContradictedMessages(policy: Policy, path: string): void {
  const { operations, messages } = policy;
  if (operations === undefined) return;
  const refuse = (why: string): never => {
    throw new MalformedPolicyError(`${path}.messages`, why);
  };
  if (operations.covers.has('messages') && messages !== 'any') {
    if (messages !== undefined) refuse(`is "${messages}", but the operation message_signing allows any message`);
    if (saysMore(policy)) {
      refuse(
        'is missing: message_signing allows any message, by which every other member can be walked round; write ' +
          '"any" if that is meant, or leave message_signing out',
      );
    }
  }
  if (operations.covers.has('data-messages') && messages === 'none') {
    refuse('is "none", but the operation data_signing allows messages that are not 32 bytes long');
  }
}
