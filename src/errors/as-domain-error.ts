import { DomainError } from './domain-error.js';
import { MalformedInputError } from './malformed-input-error.js';

/** What is meant to be told, as the error that tells it; `undefined` for everything else that can be thrown. */
export function asDomainError(error: unknown): DomainError | undefined {
  if (error instanceof DomainError) return error;
  if (!(error instanceof MalformedInputError)) return undefined;
  return new DomainError('REQUEST.INVALID_FIELD', error.message, { field: error.field, cause: error });
}
