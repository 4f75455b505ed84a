import { DomainError } from '../../errors/domain-error.js';
import type { ErrorCode } from '../../errors/error-catalogue.js';

/** What every signing call can answer with, beside what its body can do wrong. */
export const OF_ANY_SIGNING = [
  'REQUEST.MISSING_HEADER',
  'SPLIT_KEY.UNKNOWN',
  'SPLIT_KEY.REVOKED',
  'SPLIT_KEY.FROZEN',
  'SPLIT_KEY.EXPIRED',
  'SIGNING.PARTIAL_INVALID',
  'SIGNING.NOT_ALLOWED',
  'SIGNING.FAILED',
  'SIGNING.OVERLOADED',
  'SIGNING.INTERRUPTED',
  'CLOCK.IN_DOUBT',
  'AUDIT.NO_EVIDENCE',
  'AUDIT.NOT_WITNESSED',
] as const satisfies readonly ErrorCode[];

/** What everybody hears who does not hold the split key. */
export function wrongPartial(): DomainError {
  return new DomainError('SIGNING.PARTIAL_INVALID', 'signature: is not a valid partial signature over this hash', {
    field: 'signature',
  });
}
