import { type JsonObject, member, numberText, numberValue } from '../json/json-object.js';
import { AHEAD_SECONDS } from './token-check.js';
import { readTokenPart } from './token-part.js';
import { expiredToken, invalidToken, refusedClaim } from './token-refusals.js';
import { parseUserId, parseUserNumber, type UserId } from './user-id.js';

/** The end of the year 9999. A later expiry is milliseconds taken for seconds, or meant to be never. */
const LATEST_SECONDS = 253_402_300_799;

/**
 * The user of a token whose signature, issuer and audience have been verified (wire.md section 9).
 *
 * @param token the compact token
 * @param nowSeconds Unix time
 * @param leewaySeconds how long after its expiry it is still accepted
 *
 * Throws `TOKEN.EXPIRED`, or `TOKEN.INVALID` when a claim that we use is missing, ambiguous or not what it should be.
 */
export function readUser(token: string, nowSeconds: number, leewaySeconds: number): UserId {
  const claims = readTokenPart(token.split('.')[1] ?? '');
  if (claims === undefined) throw invalidToken("the token's claims are not one JSON object");
  const expiry = timeOf(claims, 'exp');
  if (expiry === undefined) throw refusedClaim('exp');
  if (expiry + leewaySeconds <= nowSeconds) throw expiredToken();
  for (const name of ['nbf', 'iat'].filter((claim) => Object.hasOwn(claims, claim))) {
    const start = timeOf(claims, name);
    if (start === undefined || start > nowSeconds + AHEAD_SECONDS) throw refusedClaim(name);
  }
  const user = userOf(claims);
  if (user === undefined) throw invalidToken('the token names no user (user_id, or sub in its absence)');
  return user;
}

/**
 * `user_id` is the issuer's own claim, and some issuers number their users; `sub` is a text by definition
 * (RFC 7519 section 4.1.2). Only an absent `user_id` falls back: one that is there but unusable is a fault, not an
 * invitation.
 */
function userOf(claims: JsonObject): UserId | undefined {
  if (!Object.hasOwn(claims, 'user_id')) return parseUserId(member(claims, 'sub'));
  const user = member(claims, 'user_id');
  return parseUserNumber(numberText(user)) ?? parseUserId(user);
}

/** Unix seconds; `undefined` for what is none. JSON knows no infinity, but `1e400` becomes one. */
function timeOf(claims: JsonObject, name: string): number | undefined {
  const seconds = numberValue(member(claims, name));
  return seconds !== undefined && seconds >= 0 && seconds <= LATEST_SECONDS ? seconds : undefined;
}
