import { parseExactJsonObject, type JsonObject } from '../json/json-object.js';
import { utf8Text } from '../json/utf8-text.js';

/**
 * Reads the JSON object in one part of a token, by the rule for all JSON that others write (`json/json-object.ts`).
 * `undefined` for anything else: RFC 7515 section 4 leaves it to the reader which of two equal keys holds.
 *
 * @param part canonical base64url
 */
export function readTokenPart(part: string): JsonObject | undefined {
  const text = utf8Text(Buffer.from(part, 'base64url'));
  const parsed = text === undefined ? undefined : parseExactJsonObject(text);
  return parsed?.ok === true ? parsed.object : undefined;
}
