declare const brand: unique symbol;

/** Who a token says its bearer is: 1 to 256 characters, none of them invisible. Compared exactly. */
export type UserId = string & { readonly [brand]: 'UserId' };

const MOST_CHARACTERS = 256;

/** Control, formatting and lone surrogate characters, line and paragraph separators: two such ids could look alike. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

/**
 * Reads a user id of any origin. Returns `undefined` for what is not a string, empty, over 256 UTF-16 units, or
 * has a character that cannot be seen. Nothing is trimmed or normalised: what the issuer signed is the id.
 */
export function parseUserId(value: unknown): UserId | undefined {
  if (typeof value !== 'string' || value === '' || value.length > MOST_CHARACTERS) return undefined;
  return INVISIBLE.test(value) ? undefined : (value as UserId);
}

/**
 * A user who is a number to their issuer: the decimal text of an integer from 0 to 2^53 − 1, as it was written.
 * `undefined` for anything else: beyond that readers of JSON disagree about the digits, and `42.0` or `4.2e1` would
 * be a second way to write the same user.
 */
export function parseUserNumber(text: string | undefined): UserId | undefined {
  if (text === undefined || !/^(?:0|[1-9][0-9]{0,15})$/.test(text)) return undefined;
  return Number(text) <= Number.MAX_SAFE_INTEGER ? parseUserId(text) : undefined;
}
