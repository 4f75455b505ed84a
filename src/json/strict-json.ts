import { isLosslessNumber, parse } from 'lossless-json';

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Reads the JSON object in one part of a token. Returns `undefined` for anything that two readers could take
 * differently or that is not one object: bytes that are not UTF-8, a byte order mark, a key that comes twice
 * with different values (RFC 7515 section 4 leaves it to the reader which one holds), arrays and bare values.
 */
export function parseStrictObject(bytes: Uint8Array): Readonly<Record<string, unknown>> | undefined {
  try {
    const text = decoder.decode(bytes);
    const value: unknown = JSON.parse(text);
    parse(text, null, { parseNumber: Number, onDuplicateKey: refuse });
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** How the number `name` of an object that {@link parseStrictObject} has read is written; `undefined` if it is none. */
export function numberText(bytes: Uint8Array, name: string): string | undefined {
  const value = parse(decoder.decode(bytes));
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  const member: unknown = (value as Record<string, unknown>)[name];
  return isLosslessNumber(member) ? member.value : undefined;
}

function refuse(): never {
  throw new SyntaxError('a key comes twice');
}
