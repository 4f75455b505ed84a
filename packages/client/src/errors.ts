import type { ErrorCode } from './openapi.js';
import type { Evidence } from './evidence.js';

/** What a refusal says (RFC 9457), as far as it says it. */
export interface ProblemDetails {
  readonly status: number;
  readonly code: ErrorCode | 'UNKNOWN';
  readonly title: string;
  readonly detail: string;
  readonly field?: string | undefined;
  readonly rule?: string | undefined;
  readonly reason?: string | undefined;
  readonly retryAfterSeconds?: number | undefined;
  readonly requestId?: string | undefined;
  readonly evidence?: Evidence | undefined;
}

/** With these nothing was done, and the same request may soon be answered. */
const RETRYABLE: ReadonlySet<string> = new Set<ErrorCode>([
  'RATE.LIMITED',
  'SERVICE.OVERLOADED',
  'SIGNING.OVERLOADED',
  'SIGNING.INTERRUPTED',
  'WRITES.OVERLOADED',
  'DATABASE.BUSY',
  'TOKEN.KEYS_UNAVAILABLE',
  'AUDIT.UNAVAILABLE',
  'AUDIT.NO_CHECKPOINT_YET',
  'IDEMPOTENCY.IN_FLIGHT',
]);

/** The service said no, or could not. `code` is stable; docs/errors.md of the service explains each. */
export class KmsError extends Error implements ProblemDetails {
  override readonly name = 'KmsError';
  readonly status: number;
  /** `UNKNOWN` where the answer was none of the service's: a proxy's page, or the SDK dialect's line of text. */
  readonly code: ErrorCode | 'UNKNOWN';
  readonly title: string;
  /** For people: with `SIGNING.NOT_ALLOWED` what was asked for and what is allowed. */
  readonly detail: string;
  /** The input at fault. */
  readonly field: string | undefined;
  /** Of `SIGNING.NOT_ALLOWED`: the first rule that does not hold, and why, in a stable word. */
  readonly rule: string | undefined;
  readonly reason: string | undefined;
  /** When to ask again; with `SIGNING.NOT_ALLOWED` when it will pass, where a limit frees itself. */
  readonly retryAfterSeconds: number | undefined;
  readonly requestId: string | undefined;
  /** That the refusal of a signature is on record. */
  readonly evidence: Evidence | undefined;

  constructor(problem: ProblemDetails, options?: ErrorOptions) {
    super(`${problem.code}: ${problem.detail}`, options);
    this.status = problem.status;
    this.code = problem.code;
    this.title = problem.title;
    this.detail = problem.detail;
    this.field = problem.field;
    this.rule = problem.rule;
    this.reason = problem.reason;
    this.retryAfterSeconds = problem.retryAfterSeconds;
    this.requestId = problem.requestId;
    this.evidence = problem.evidence;
  }

  /** Whether nothing was done and the same request may soon be answered. The client has tried again already. */
  get retryable(): boolean {
    return RETRYABLE.has(this.code);
  }
}

/** No answer came: the service cannot be reached, or the call took too long. Whether it was carried out is unknown. */
export class KmsUnreachableError extends Error {
  override readonly name = 'KmsUnreachableError';
}

/** An answer that does not hold: a signature that is not the wallet's, or a key of another wallet. Use nothing of it. */
export class KmsAnswerError extends Error {
  override readonly name = 'KmsAnswerError';
}
