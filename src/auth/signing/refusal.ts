import type { ErrorCode } from '../../errors/error-catalogue.js';

/** Why something may not be signed. */
export interface Refusal {
  readonly code: ErrorCode;
  readonly message: string;
}
