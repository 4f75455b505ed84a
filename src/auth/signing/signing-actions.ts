import type { Action } from '../../audit/action.js';
import type { SigningKind } from '../../metrics/metrics.js';

/** What a signature is called in the record, which the routes declare too. */
export const SIGNING_ACTIONS = {
  message: 'sign-message',
  transaction: 'sign-transaction',
} as const satisfies Record<SigningKind, Action>;
