import { member, numberText } from '../json/json-object.js';
import type { JsonObject } from '../json/json-object.js';
import { MalformedTransactionError } from './malformed-transaction-error.js';

export const MAX_UINT64 = 2n ** 64n - 1n;
export const MAX_INT64 = 2n ** 63n - 1n;

const HEX_64 = /^[0-9a-f]{64}$/;
const PLAIN_INTEGER = /^(?:0|[1-9][0-9]*)$/;
/** Digits of 2^64 - 1: anything longer is refused before it becomes a bigint. */
const MAX_DIGITS = 20;

/**
 * A required string. Throws on unpaired surrogates: they have no UTF-8, so Go would hash other bytes.
 */
export function requiredText(object: JsonObject, field: string): string {
  const value = member(object, field);
  if (value === undefined) throw new MalformedTransactionError(field, 'missing');
  if (typeof value !== 'string') throw new MalformedTransactionError(field, 'not-a-string');
  if (!value.isWellFormed()) throw new MalformedTransactionError(field, 'ill-formed-text');
  return value;
}

/** A required string of 64 hex digits, lower case, because the text itself is what gets hashed. */
export function requiredHex(object: JsonObject, field: string): string {
  const text = requiredText(object, field);
  if (!HEX_64.test(text)) throw new MalformedTransactionError(field, 'not-hex');
  return text;
}

/** A required hash: hex in either case, returned in lower case. Only its bytes count. */
export function requiredHash(object: JsonObject, field: string): string {
  const text = requiredText(object, field);
  if (HEX_64.test(text)) return text;
  const lowerCase = text.replace(/[A-F]/g, (digit) => digit.toLowerCase());
  if (!HEX_64.test(lowerCase)) throw new MalformedTransactionError(field, 'not-hex');
  return lowerCase;
}

/** The member of an optional field; undefined when it is absent or null, which everywhere mean the same. */
function optionalMember(object: JsonObject, field: string): unknown {
  return member(object, field) ?? undefined;
}

/** Like {@link requiredHex}, but absent (as gosdk sends it), null and empty are all `''`. */
export function hexOrEmpty(object: JsonObject, field: string): string {
  const value = optionalMember(object, field);
  return value === undefined || value === '' ? '' : requiredHex(object, field);
}

/** A string that may be absent; null and empty count as absent. */
export function optionalText(object: JsonObject, field: string): string | undefined {
  const value = optionalMember(object, field);
  if (value === undefined || value === '') return undefined;
  return requiredText(object, field);
}

/**
 * A required number from 0 to `max`, written as digits only: no sign, fraction, exponent, leading zero or
 * quotes, so that its text in the document is its text in the hashed string.
 */
export function requiredInteger(object: JsonObject, field: string, max: bigint): bigint {
  const value = member(object, field);
  if (value === undefined) throw new MalformedTransactionError(field, 'missing');
  const digits = numberText(value);
  if (digits === undefined || !PLAIN_INTEGER.test(digits)) {
    throw new MalformedTransactionError(field, 'not-a-plain-integer');
  }
  if (digits.length > MAX_DIGITS) throw new MalformedTransactionError(field, 'out-of-range');
  const integer = BigInt(digits);
  if (integer > max) throw new MalformedTransactionError(field, 'out-of-range');
  return integer;
}

/** Like {@link requiredInteger}, but 0 when the field is absent or null. */
export function integerOrZero(object: JsonObject, field: string, max: bigint): bigint {
  return optionalMember(object, field) === undefined ? 0n : requiredInteger(object, field, max);
}

/** Refuses a field that is present with another JSON type; null counts as absent. For fields without meaning here. */
export function checkJsonType(object: JsonObject, field: string, type: 'string' | 'number'): void {
  const value = optionalMember(object, field);
  if (value === undefined) return;
  const fits = type === 'string' ? typeof value === 'string' : numberText(value) !== undefined;
  if (!fits) throw new MalformedTransactionError(field, 'wrong-type');
}
