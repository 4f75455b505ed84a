import { isLosslessNumber, parse } from 'lossless-json';

/**
 * One JSON object whose meaning cannot depend on the reader: no key twice at the top, not nested deeply.
 *
 * `JSON.parse` would round large numbers and let the last of two equal keys win in silence. lossless-json
 * keeps every number's text, but says nothing of a key that comes twice with *equal* values, so members are
 * counted here. Its parser recurses, so the depth is limited before it runs. It is also ten times as slow, so a text
 * whose numbers are all plain (short integers, which nobody rounds or writes in another way) goes to `JSON.parse`.
 */
export type JsonObject = Readonly<Record<string, unknown>>;

export type ParsedJsonObject =
  /** The numbers of a plain object are numbers, those of any other `LosslessNumber`s. */
  | { readonly ok: true; readonly object: JsonObject; readonly isPlain: boolean }
  | { readonly ok: false; readonly reason: 'not-a-json-object' | 'nested-too-deeply' | 'duplicate-key' };

/** Transactions nest three or four levels; Go's own limit is 10,000. */
const MAX_DEPTH = 64;

/** An integer of at most 15 digits, all of which a double holds, in the only way in which JSON can write it. */
const PLAIN_NUMBER = /(?:0|-?[1-9][0-9]{0,14})(?![0-9.eE+-])/y;
const STARTS_NUMBER = /[-0-9]/;

interface Shape {
  readonly depth: number;
  /** Members of the outermost object, if the text turns out to be JSON. */
  readonly members: number;
  /** Whether every number outside strings is plain. */
  readonly isPlain: boolean;
}

function shapeOf(text: string): Shape {
  let level = 0;
  let depth = 0;
  let members = 0;
  let isPlain = true;
  for (let i = 0; i < text.length; i++) {
    const character = text.charAt(i);
    if (character === '"') i = endOfString(text, i + 1);
    else if (character === '{' || character === '[') depth = Math.max(depth, ++level);
    else if (character === '}' || character === ']') level--;
    else if (character === ':') members += level === 1 ? 1 : 0;
    else if (isPlain && STARTS_NUMBER.test(character)) {
      PLAIN_NUMBER.lastIndex = i;
      isPlain = PLAIN_NUMBER.test(text);
      if (isPlain) i = PLAIN_NUMBER.lastIndex - 1;
    }
  }
  return { depth, members, isPlain };
}

/** Where the string that begins at `from` ends: at its closing quote, or with the text. */
function endOfString(text: string, from: number): number {
  let end = text.indexOf('"', from);
  while (end !== -1 && isEscaped(text, end, from)) end = text.indexOf('"', end + 1);
  return end === -1 ? text.length : end;
}

/** Whether an odd number of backslashes stands before the quote. */
function isEscaped(text: string, quote: number, from: number): boolean {
  let first = quote;
  while (first > from && text.charAt(first - 1) === '\\') first--;
  return (quote - first) % 2 === 1;
}

function parseText(text: string, isPlain: boolean): unknown {
  try {
    return isPlain ? JSON.parse(text) : parse(text, null, { onDuplicateKey: ({ newValue }) => newValue });
  } catch {
    // The parser's message quotes the text, which must not reach an error of ours.
    return undefined;
  }
}

/**
 * Parses `text` as exactly one JSON object: no byte order mark, nothing after it. Numbers become numbers or
 * `LosslessNumber`s, either of which {@link numberText} reads; of equal keys further in, the last wins, as for the
 * chain. `__proto__` is an ordinary own key of the result. Never throws.
 */
export function parseJsonObject(text: string): ParsedJsonObject {
  const { depth, members, isPlain } = shapeOf(text);
  if (depth > MAX_DEPTH) return { ok: false, reason: 'nested-too-deeply' };
  const value = parseText(text, isPlain);
  if (typeof value !== 'object' || value === null || !text.trimStart().startsWith('{')) {
    return { ok: false, reason: 'not-a-json-object' };
  }
  if (Object.keys(value).length !== members) return { ok: false, reason: 'duplicate-key' };
  return { ok: true, object: value as JsonObject, isPlain };
}

/** A number of a parsed object as it was written; `undefined` for anything else. */
export function numberText(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return isLosslessNumber(value) ? value.value : undefined;
}

/** The object's own member of that name; undefined when there is none, whatever Object.prototype has. */
export function member(object: JsonObject, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}
