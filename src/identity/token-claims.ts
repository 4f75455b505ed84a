import { invalidToken } from './invalid-token.js';
import { numberText, parseStrictObject } from '../json/strict-json.js';
import { AHEAD_SECONDS, expiredToken, refusedClaim } from './token-check.js';
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
  const bytes = Buffer.from(token.split('.')[1] ?? '', 'base64url');
  const claims = parseStrictObject(bytes);
  if (claims === undefined) throw invalidToken("the token's claims are not one JSON object");
  const { exp, nbf, iat } = claims;
  if (!isTime(exp)) throw refusedClaim('exp');
  if (exp + leewaySeconds <= nowSeconds) throw expiredToken();
  for (const start of [nbf, iat]) {
    if (start !== undefined && (!isTime(start) || start > nowSeconds + AHEAD_SECONDS)) throw refusedClaim('nbf');
  }
  const user = userOf(claims, bytes);
  if (user === undefined) throw invalidToken('the token names no user (user_id, or sub in its absence)');
  return user;
}

/**
 * `user_id` is the issuer's own claim, and some issuers number their users; `sub` is a text by definition
 * (RFC 7519 section 4.1.2). Only an absent `user_id` falls back: one that is there but unusable is a fault, not an
 * invitation.
 */
function userOf(claims: Readonly<Record<string, unknown>>, bytes: Uint8Array): UserId | undefined {
  if (!Object.hasOwn(claims, 'user_id')) return parseUserId(claims['sub']);
  const { user_id: user } = claims;
  return typeof user === 'number' ? parseUserNumber(numberText(bytes, 'user_id')) : parseUserId(user);
}

/** JSON knows no infinity, but `1e400` becomes one. */
function isTime(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value <= LATEST_SECONDS;
}
