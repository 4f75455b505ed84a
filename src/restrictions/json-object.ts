import { parse } from 'lossless-json';

/**
 * One JSON object whose meaning cannot depend on the reader: no key twice at the top, not nested deeply.
 *
 * `JSON.parse` would round large numbers and let the last of two equal keys win in silence. lossless-json
 * keeps every number's text, but says nothing of a key that comes twice with *equal* values, so members are
 * counted here. Its parser recurses, so the depth is limited before it runs.
 */
export type JsonObject = Readonly<Record<string, unknown>>;

export type ParsedJsonObject =
  | { readonly ok: true; readonly object: JsonObject }
  | { readonly ok: false; readonly reason: 'not-a-json-object' | 'nested-too-deeply' | 'duplicate-key' };

/** Transactions nest three or four levels; Go's own limit is 10,000. */
const MAX_DEPTH = 64;

interface Shape {
  readonly depth: number;
  /** Members of the outermost object, if the text turns out to be JSON. */
  readonly members: number;
}

function shapeOf(text: string): Shape {
  let level = 0;
  let depth = 0;
  let members = 0;
  let inString = false;
  for (let i = 0; i < text.length; i++) {
    const character = text[i];
    if (inString) {
      if (character === '\\') i++;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === '{' || character === '[') depth = Math.max(depth, ++level);
    else if (character === '}' || character === ']') level--;
    else if (character === ':' && level === 1) members++;
  }
  return { depth, members };
}

function parseLosslessly(text: string): unknown {
  try {
    return parse(text, null, { onDuplicateKey: ({ newValue }) => newValue });
  } catch {
    // The parser's message quotes the text, which must not reach an error of ours.
    return undefined;
  }
}

/**
 * Parses `text` as exactly one JSON object: no byte order mark, nothing after it. Numbers become
 * `LosslessNumber`s; of equal keys further in, the last wins, as for the chain. `__proto__` is an ordinary
 * own key of the result. Never throws.
 */
export function parseJsonObject(text: string): ParsedJsonObject {
  const { depth, members } = shapeOf(text);
  if (depth > MAX_DEPTH) return { ok: false, reason: 'nested-too-deeply' };
  const value = parseLosslessly(text);
  if (typeof value !== 'object' || value === null || !text.trimStart().startsWith('{')) {
    return { ok: false, reason: 'not-a-json-object' };
  }
  if (Object.keys(value).length !== members) return { ok: false, reason: 'duplicate-key' };
  return { ok: true, object: value as JsonObject };
}

/** The object's own member of that name; undefined when there is none, whatever Object.prototype has. */
export function member(object: JsonObject, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}
