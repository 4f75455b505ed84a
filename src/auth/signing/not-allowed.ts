import type { RefusalReason } from '../../restrictions/decide.js';
import type { Refusal } from './refusal.js';

/** The restrictions' refusal with its stable reason, which is one of a fixed set of words. */
export function notAllowed(reason: RefusalReason): Refusal {
  return { code: 'SIGNING.NOT_ALLOWED', message: `the split key's restrictions do not allow this: ${reason}` };
}
