import { DomainError } from './domain-error.js';

/** What to throw when a decision could not be recorded; it undoes the effect. */
export function unrecorded(cause: unknown): DomainError {
  return new DomainError('AUDIT.UNAVAILABLE', 'the decision could not be recorded; nothing was changed', { cause });
}

/** What `work` does, of which nothing may come about without the record: whatever it throws is {@link unrecorded}. */
export function orUnrecorded<T>(work: () => T): T {
  try {
    return work();
  } catch (cause) {
    throw unrecorded(cause);
  }
}
