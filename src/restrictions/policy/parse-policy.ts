import { contractAt } from '../../chain/contracts.js';
import { parseHours } from './parse-hours.js';
import { parseLimits } from './parse-limits.js';
import { parseOperations } from './parse-operations.js';
import type { Policy } from './policy.js';
import { LATEST_SECONDS } from './policy-bounds.js';
import { present, readInteger, readList, readObject, readSas, readText, readWord, refuse } from './policy-fields.js';
import type { Field } from './policy-fields.js';
import { refuseTheImpossible } from './refuse-the-impossible.js';

const MAX_RECIPIENTS = 1_000;
const MAX_CREATION_WINDOW_SECONDS = 86_400;

const CLIENT_ID = /^[0-9a-f]{64}$/i;

const MEMBERS = [
  'operations',
  'recipients',
  'max_value',
  'limits',
  'not_before',
  'expires_at',
  'hours',
  'creation_window_seconds',
  'messages',
] as const;

/**
 * Reads a policy as it came in JSON, or as it was kept. Nothing is passed over: what is not known, empty where it had to
 * say something, out of range, or could never hold, is refused.
 *
 * @param value what `JSON.parse` made of it
 * @param path what the policy is called in errors
 * @throws MalformedPolicyError naming the member as `policy.limits[2].window_seconds`, and never its value
 */
export function parsePolicy(value: unknown, path = 'policy'): Policy {
  const read = readObject({ path, value }, MEMBERS);
  const seconds = (field: Field): number => readInteger(field, 0, LATEST_SECONDS);
  const policy: Policy = {
    ...present('operations', given(read('operations'), parseOperations)),
    ...present('recipients', given(read('recipients'), parseRecipients)),
    ...present('maxValueSas', given(read('max_value'), readSas)),
    ...present('limits', given(read('limits'), parseLimits)),
    ...present('notBeforeSeconds', given(read('not_before'), seconds)),
    ...present('expiresAtSeconds', given(read('expires_at'), seconds)),
    ...present('hours', given(read('hours'), parseHours)),
    ...present('creationWindowSeconds', given(read('creation_window_seconds'), parseCreationWindow)),
    ...present(
      'messages',
      given(read('messages'), (field) => readWord(field, ['any', 'typed', 'none'] as const)),
    ),
  };
  refuseTheImpossible(policy, path);
  return policy;
}

function given<Value>(field: Field | undefined, parse: (field: Field) => Value): Value | undefined {
  return field === undefined ? undefined : parse(field);
}

function parseRecipients(field: Field): ReadonlySet<string> {
  return new Set(readList(field, 1, MAX_RECIPIENTS, 'client ids').map(parseRecipient));
}

function parseRecipient(field: Field): string {
  const text = readText(field);
  if (!CLIENT_ID.test(text)) refuse(field, 'must be a client id, 64 hexadecimal characters');
  const clientId = text.toLowerCase();
  const contract = contractAt(clientId);
  if (contract !== undefined)
    refuse(field, `is the contract ${contract}, which "operations" allow and recipients do not`);
  return clientId;
}

function parseCreationWindow(field: Field): number {
  return readInteger(field, 1, MAX_CREATION_WINDOW_SECONDS);
}
