import { MalformedInputError } from '../../errors/malformed-input-error.js';

/** What somebody sent is no policy, or one with a rule that can never hold. Says where and why, never a value of it. */
export class MalformedPolicyError extends MalformedInputError {
  /** @param field its path, as `policy.limits[2].window_seconds` */
  constructor(field: string, why: string) {
    super(field, `${field}: ${why}`);
    this.name = 'MalformedPolicyError';
  }
}
