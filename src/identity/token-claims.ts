import { invalidToken } from './invalid-token.js';
import { parseStrictObject } from './strict-json.js';
import { parseUserId, type UserId } from './user-id.js';

/** How far the issuer's clock may be ahead of ours. It excuses tokens of the near future, never expired ones. */
const LEEWAY_SECONDS = 60;

/** The end of the year 9999. A later expiry is milliseconds taken for seconds, or meant to be never. */
const LATEST_SECONDS = 253_402_300_799;

/**
 * The user of a token whose signature, expiry, issuer and audience have been verified (wire.md section 9).
 *
 * @param token the compact token
 * @param nowSeconds Unix time
 *
 * Throws `TOKEN.INVALID` when a claim that we use is missing, ambiguous or not what it should be. Whether `exp`
 * has passed is the verifying library's part; that it is there, and a number, is ours.
 */
export function readUser(token: string, nowSeconds: number): UserId {
  const claims = parseStrictObject(Buffer.from(token.split('.')[1] ?? '', 'base64url'));
  if (claims === undefined) throw invalidToken("the token's claims are not one JSON object");
  const { exp, nbf, iat, sub } = claims;
  if (!isTime(exp)) throw invalidToken('the token has no expiry (exp) in seconds');
  for (const start of [nbf, iat]) {
    if (start !== undefined && (!isTime(start) || start > nowSeconds + LEEWAY_SECONDS)) {
      throw invalidToken('the token is not valid yet, or its nbf or iat is not a time in seconds');
    }
  }
  // Only an absent user_id falls back: one that is there but unusable is a fault, not an invitation.
  const user = parseUserId(Object.hasOwn(claims, 'user_id') ? claims['user_id'] : sub);
  if (user === undefined) throw invalidToken('the token names no user (user_id, or sub in its absence)');
  return user;
}

/** JSON knows no infinity, but `1e400` becomes one. */
function isTime(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value <= LATEST_SECONDS;
}
