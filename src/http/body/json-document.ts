import { DomainError } from '../../errors/domain-error.js';
import { parseExactJsonObject, parseJsonObject } from '../../json/json-object.js';
import type { JsonObject, ParsedJsonObject } from '../../json/json-object.js';

const EXPLANATIONS = {
  'not-a-json-object': 'is not one valid JSON object',
  'nested-too-deeply': 'is nested too deeply',
  'duplicate-key': 'has the same key twice',
  'too-many-values': 'has too many values',
} as const;

/** JSON's own white space and nothing else: a byte order mark makes a body malformed, not empty. */
const BLANK = /^[\t\n\r ]*$/;

export function isBlank(text: string): boolean {
  return BLANK.test(text);
}

/**
 * The fields of a body that has to be there, whatever its Content-Type said (wire.md section 2.1).
 *
 * Throws `REQUEST.MALFORMED_JSON` when it is empty or not one JSON object by the rule of `json/json-object.ts`. The
 * parser's own message is dropped, since it quotes the body.
 *
 * @param mostValues how many values it may have; absent: any number
 */
export function requiredJsonObject(text: string, mostValues?: number): JsonObject {
  if (isBlank(text)) {
    throw new DomainError('REQUEST.MALFORMED_JSON', 'the body is empty; a JSON object is expected');
  }
  return objectOf(parseJsonObject(text, mostValues));
}

/** The same, each number with the digits that it was written with, as `parseExactJsonObject` has them. */
export function exactJsonObject(text: string, mostValues: number): JsonObject {
  return objectOf(parseExactJsonObject(text, mostValues));
}

function objectOf(parsed: ParsedJsonObject): JsonObject {
  if (!parsed.ok) throw new DomainError('REQUEST.MALFORMED_JSON', `the body ${EXPLANATIONS[parsed.reason]}`);
  return parsed.object;
}

/** What the documented API says of a field that a call does not know (wire.md section 2.6). */
export function unknownField(): DomainError {
  return new DomainError('REQUEST.UNKNOWN_FIELD', 'the body has a field that this call does not know');
}
