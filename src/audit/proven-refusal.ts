import { DomainError, type DomainErrorDetails } from '../errors/domain-error.js';
import type { ErrorCode } from '../errors/error-catalogue.js';
import type { SigningSubject } from './signing-entry.js';

/**
 * A refusal of somebody whose partial signature verified: authenticated even without a token, so the refusal
 * belongs in the record.
 */
export class ProvenRefusal extends DomainError {
  readonly subject: SigningSubject;

  constructor(code: ErrorCode, message: string, subject: SigningSubject, details: DomainErrorDetails = {}) {
    super(code, message, details);
    this.name = 'ProvenRefusal';
    this.subject = subject;
  }
}
