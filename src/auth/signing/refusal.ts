import type { RefusingRule } from '../../errors/domain-error.js';
import type { ErrorCode } from '../../errors/error-catalogue.js';
import type { Standing } from '../domain/server-share.js';
import type { Count } from '../../restrictions/limits/usage.js';

/** The policy that was in force, and its revision. */
export type DecidingPolicy = Pick<Standing, 'policy' | 'revision'>;

/** Why something may not be signed. */
export interface Refusal {
  readonly code: ErrorCode;
  readonly message: string;
  /** Which rule of the policy says no, where one does. */
  readonly rule?: RefusingRule;
  /** By which policy, where there is a split key. */
  readonly by?: DecidingPolicy;
}

/** What was decided: why not; or that it may be signed, and what is to be counted of it, if anything is. */
export type Judgement =
  | { readonly refusal: Refusal; readonly count?: undefined }
  | { readonly refusal?: undefined; readonly count: Count | undefined };

export const CLOCK_IN_DOUBT: Refusal = {
  code: 'CLOCK.IN_DOUBT',
  message: 'the clock of the service cannot be believed at present; nothing was signed',
};
