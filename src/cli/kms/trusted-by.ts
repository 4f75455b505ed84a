import { CannotVerifyError } from '../../audit/verify/record-source.js';
import { TrustedLog } from '../../audit/verify/trusted-log.js';

/** Whom to trust, as the command line has it. */
export interface TrustOptions {
  readonly vkey?: readonly string[];
  readonly timesVkey?: readonly string[];
  readonly promisesVkey?: readonly string[];
}

const NO_VKEY =
  'whom to trust must be said: --vkey VKEY, which GET /audit/key of the service answers as "checkpoints". Take it down ' +
  'once, when you begin to rely on the log, and never from what is to be verified';

/** Throws `CannotVerifyError` without a key, `MalformedTlogError` for one that is none. */
export function trustedBy({ vkey, timesVkey, promisesVkey }: TrustOptions): TrustedLog {
  if (vkey === undefined) throw new CannotVerifyError(NO_VKEY);
  return TrustedLog.of({ checkpoints: vkey, times: timesVkey ?? [], promises: promisesVkey ?? [] });
}
