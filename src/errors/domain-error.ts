import type { ErrorCode } from './error-catalogue.js';

/** Which rule of a policy said no, for programs: both in stable words. */
export interface RefusingRule {
  readonly rule: string;
  readonly reason: string;
  /** From when on it would be allowed, as far as can be told; undefined when that is never, or is not known. */
  readonly retryAfterSeconds: number | undefined;
}

/** What may be told about an error beside its code. Never a secret, never the value that was refused. */
export interface DomainErrorDetails {
  /** The wire name of the field, header, path parameter or query parameter at fault. */
  readonly field?: string;
  readonly rule?: RefusingRule;
  /** When to ask again, where the code does not say; of a rule it is the rule's. */
  readonly retryAfterSeconds?: number | undefined;
  readonly cause?: unknown;
}

/**
 * A refusal or failure with a stable code. It knows nothing of HTTP: `src/http` maps the code to a status and
 * a body. The message is shown to the caller, so it says what is wrong and what to do, in one line.
 */
export class DomainError extends Error {
  readonly code: ErrorCode;
  readonly field: string | undefined;
  readonly rule: RefusingRule | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(code: ErrorCode, message: string, details: DomainErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'DomainError';
    this.code = code;
    this.field = details.field;
    this.rule = details.rule;
    this.retryAfterSeconds = details.rule?.retryAfterSeconds ?? details.retryAfterSeconds;
  }
}
