/**
 * Every error that the service can answer with: its stable code, the outcome it stands for and one line for
 * humans. Statuses are the edge's business (`src/http/errors/error-statuses.ts`); `docs/errors.md` explains each code, and a
 * test keeps the two complete.
 *
 * Outcome: `denied` = a rule or the request itself says no; `failed` = we could not decide or could not do it.
 */
export const ERROR_CATALOGUE = {
  'REQUEST.MALFORMED_JSON': { outcome: 'denied', title: 'The body is not one valid JSON document' },
  'REQUEST.INVALID_FIELD': { outcome: 'denied', title: 'A field is missing or malformed' },
  'REQUEST.UNKNOWN_FIELD': { outcome: 'denied', title: 'The body has a field that this call does not know' },
  'REQUEST.UNKNOWN_PARAMETER': { outcome: 'denied', title: 'The query has a parameter that this call does not know' },
  'REQUEST.MISSING_HEADER': { outcome: 'denied', title: 'A required header is missing' },
  'REQUEST.BODY_TOO_LARGE': { outcome: 'denied', title: 'The body is larger than this call takes' },
  'REQUEST.UNSUPPORTED_ENCODING': { outcome: 'denied', title: 'The body is encoded, which is not understood here' },
  'REQUEST.URI_TOO_LONG': { outcome: 'denied', title: 'The path or query is too long' },
  'REQUEST.HEADERS_TOO_LARGE': { outcome: 'denied', title: 'The headers are larger than 16 KiB' },
  'REQUEST.TIMEOUT': { outcome: 'denied', title: 'The request did not arrive in time' },
  'REQUEST.EXPECTATION_FAILED': { outcome: 'denied', title: 'The request expects what is not known here' },
  'REQUEST.ROUTE_UNKNOWN': { outcome: 'denied', title: 'No such route' },
  'REQUEST.MISDIRECTED': { outcome: 'denied', title: 'The request is for another host' },
  'REQUEST.REFUSED': { outcome: 'denied', title: 'The HTTP request itself is malformed' },
  'SERVICE.OVERLOADED': { outcome: 'failed', title: 'Too many requests wait' },
  'RATE.LIMITED': { outcome: 'denied', title: 'Too many requests' },
  'TOKEN.MISSING': { outcome: 'denied', title: 'No token was sent' },
  'TOKEN.INVALID': { outcome: 'denied', title: 'The token is not valid here' },
  'TOKEN.EXPIRED': { outcome: 'denied', title: 'The token has expired' },
  'TOKEN.CONFLICT': { outcome: 'denied', title: 'Two different tokens were sent' },
  'TOKEN.KEYS_UNAVAILABLE': { outcome: 'failed', title: 'The keys that check tokens could not be fetched' },
  'ACCESS.UNDECLARED': { outcome: 'denied', title: 'The route declares no access, so nobody may call it' },
  'WALLET.UNKNOWN': { outcome: 'denied', title: 'No such wallet of yours' },
  'WALLET.QUOTA': { outcome: 'denied', title: 'You have as many wallets as may be' },
  'SPLIT_KEY.UNKNOWN': { outcome: 'denied', title: 'No such split key' },
  'SPLIT_KEY.REVOKED': { outcome: 'denied', title: 'The split key has been revoked' },
  'SPLIT_KEY.EXPIRED': { outcome: 'denied', title: 'The split key has expired' },
  'SPLIT_KEY.QUOTA': { outcome: 'denied', title: 'The wallet has as many live split keys as may be' },
  'SHARE.TO_ONESELF': { outcome: 'denied', title: 'A split key cannot be shared with its owner' },
  'SHARE.ALREADY_SHARED': { outcome: 'denied', title: 'The split key is shared with somebody else' },
  'SHARE.DECLINED': { outcome: 'denied', title: 'The recipient has declined it' },
  'SHARE.TOO_MANY': { outcome: 'denied', title: 'Too many split keys are shared' },
  'IDEMPOTENCY.KEY_REUSED': { outcome: 'denied', title: 'The Idempotency-Key was used for another call' },
  'IDEMPOTENCY.IN_FLIGHT': { outcome: 'denied', title: 'A call with this Idempotency-Key is under way' },
  'IDEMPOTENCY.ANSWER_GONE': { outcome: 'denied', title: 'What the first call made is no more' },
  'RESTRICTION.UNKNOWN_GROUP': { outcome: 'denied', title: 'No such operation group' },
  'POLICY.UNREADABLE': { outcome: 'failed', title: 'What the split key may sign cannot be read' },
  'STORE.INCONSISTENT': { outcome: 'denied', title: 'The parts of the wallet do not belong together' },
  'SETUP.INCONSISTENT': { outcome: 'denied', title: 'The keys of the setup do not belong together' },
  'SETUP.REFUSED': { outcome: 'denied', title: 'This split key cannot be set up' },
  'TRANSACTION.HASH_MISMATCH': { outcome: 'denied', title: 'The hash is not the hash of this transaction' },
  'MESSAGE.HASH_MISMATCH': { outcome: 'denied', title: 'The hash is not the hash of this message' },
  'SIGNING.PARTIAL_INVALID': { outcome: 'denied', title: 'The partial signature does not verify' },
  'SIGNING.NOT_ALLOWED': { outcome: 'denied', title: 'The restrictions of the split key do not allow this' },
  'SIGNING.FAILED': { outcome: 'failed', title: 'The signature could not be made' },
  'SIGNING.OVERLOADED': { outcome: 'failed', title: 'Too many signing requests wait' },
  'SIGNING.INTERRUPTED': { outcome: 'failed', title: 'The signing worker was interrupted' },
  'CLOCK.IN_DOUBT': { outcome: 'failed', title: 'The clock of the service cannot be believed' },
  'WRITES.OVERLOADED': { outcome: 'failed', title: 'Too many changes wait to be made' },
  'DATABASE.BUSY': { outcome: 'failed', title: 'The database is locked by another program' },
  'AUDIT.UNAVAILABLE': { outcome: 'failed', title: 'The decision could not be recorded, so it was not carried out' },
  INTERNAL: { outcome: 'failed', title: 'Something went wrong on our side' },
} as const satisfies Record<string, { outcome: 'denied' | 'failed'; title: string }>;

/** A stable error code, as clients see it in the documented API. */
export type ErrorCode = keyof typeof ERROR_CATALOGUE;
