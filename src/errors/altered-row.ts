import { DomainError } from './domain-error.js';

export const ALTERED = 'what is kept of it was altered behind the back of the service; nothing was done';

/** A row that decides is not as the service wrote it, or is gone. */
export function alteredRow(): DomainError {
  return new DomainError('RECORD.ALTERED', ALTERED);
}
