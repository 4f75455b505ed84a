import { DomainError } from '../../errors/domain-error.js';
import { parseJsonObject as parseStrictly } from '../../json/json-object.js';

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

const EXPLANATIONS = {
  'not-a-json-object': 'is not one valid JSON object',
  'nested-too-deeply': 'is nested too deeply',
  'duplicate-key': 'has the same key twice',
} as const;

/**
 * The text of a body. Throws `REQUEST.MALFORMED_JSON` when the bytes are not UTF-8, so that no two readers can
 * see different texts in the same bytes.
 */
export function decodeText(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch (cause) {
    throw new DomainError('REQUEST.MALFORMED_JSON', 'the body is not valid UTF-8', { cause });
  }
}

/** JSON's own white space and nothing else: a byte order mark makes a body malformed, not empty. */
const BLANK = /^[\t\n\r ]*$/;

export function isBlank(text: string): boolean {
  return BLANK.test(text);
}

/** The fields of a body that has to be there. Throws as {@link parseJsonObject}, also when it is empty. */
export function requiredJsonObject(text: string): Record<string, unknown> {
  if (isBlank(text)) {
    throw new DomainError('REQUEST.MALFORMED_JSON', 'the body is empty; a JSON object is expected');
  }
  return parseJsonObject(text);
}

/** What the documented API says of a field that a call does not know (wire.md section 2.6). */
export function unknownField(): DomainError {
  return new DomainError('REQUEST.UNKNOWN_FIELD', 'the body has a field that this call does not know');
}

/**
 * Parses a body into one JSON object, whatever its Content-Type said (wire.md section 2.1).
 *
 * Throws `REQUEST.MALFORMED_JSON` for anything but a single object, and when a key comes twice: readers differ
 * in which of the two they take. The parser's own message is dropped, since it quotes the body.
 */
export function parseJsonObject(text: string): Record<string, unknown> {
  const strict = parseStrictly(text);
  if (!strict.ok) throw new DomainError('REQUEST.MALFORMED_JSON', `the body ${EXPLANATIONS[strict.reason]}`);
  if (strict.isPlain) return strict.object;
  try {
    // The strict parser keeps numbers as text; these bodies have none that a double cannot hold.
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    throw new DomainError('REQUEST.MALFORMED_JSON', `the body ${EXPLANATIONS['not-a-json-object']}`);
  }
}
