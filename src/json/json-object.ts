import { isLosslessNumber, parse } from 'lossless-json';
import { type JsonShape, shapeOf } from './json-shape.js';

/**
 * The one reader of JSON that somebody else has written: bodies, tokens, transactions, call data. What it accepts is
 * one object whose meaning cannot depend on the reader, by the same rule for all of them
 * (docs/adr/0027-one-strict-reader-of-json.md):
 *
 * 1. At most 64 levels of braces and brackets.
 * 2. Exactly one object by RFC 8259, as `JSON.parse` has it: nothing before or after it but white space, no byte order
 *    mark.
 * 3. No key twice in any object that is delivered, also with equal values, and however it is spelled. Parsers differ in
 *    which one they take, and none says that there were two; so the members in the text are counted, and those in what
 *    was parsed.
 * 4. Where digits are kept, and in a body that may be long and has few fields, at most so many values: strangers may
 *    send them.
 *
 * Its callers choose only what is delivered.
 */
export type JsonObject = Readonly<Record<string, unknown>>;

/** In the order in which they are looked for; too many values before all others where none is to be parsed. */
export type JsonFault = 'nested-too-deeply' | 'not-a-json-object' | 'duplicate-key' | 'too-many-values';

export type ParsedJsonObject<Fault = JsonFault> =
  { readonly ok: true; readonly object: JsonObject } | { readonly ok: false; readonly reason: Fault };

/** What can be wrong where no digits are kept. */
type FaultOfForm = Exclude<JsonFault, 'too-many-values'>;

/** Transactions nest three or four levels; Go's own limit is 10,000. */
const MAX_DEPTH = 64;

/**
 * Of a text with a number that is not plain. A transaction has 16, a token some dozens; as many as fit into 64 KiB would
 * keep the thread busy for 8 ms, these for a quarter of one.
 */
const MAX_EXACT_VALUES = 512;

/**
 * The whole object, each number as the double next to it. Never throws. `__proto__` is an ordinary own key.
 *
 * @param mostValues how many values may be parsed; absent: any number
 */
export function parseJsonObject(text: string, mostValues = Number.POSITIVE_INFINITY): ParsedJsonObject {
  const shape = shapeOf(text);
  if (shape.values > mostValues) return { ok: false, reason: 'too-many-values' };
  return judged(text, shape, shape.members);
}

/**
 * The whole object, each number with the digits that it was written with: {@link numberText} has them,
 * {@link numberValue} the double next to them. Never throws. `__proto__` is an ordinary own key.
 *
 * The parser that keeps digits is ten times as slow, so a text whose numbers are all plain (short integers, which
 * nobody rounds or writes in another way) is left to `JSON.parse`, as is the judgement of every other.
 *
 * @param mostValues how many values it may have where a number is not plain; more than the default only of those who are
 *   known
 */
export function parseExactJsonObject(text: string, mostValues = MAX_EXACT_VALUES): ParsedJsonObject {
  const shape = shapeOf(text);
  const parsed = judged(text, shape, shape.members);
  if (!parsed.ok || shape.isPlain) return parsed;
  if (shape.values > mostValues) return { ok: false, reason: 'too-many-values' };
  return { ok: true, object: parse(text) as JsonObject };
}

/**
 * The outermost object alone, for a text of which somebody else reads the rest: what stands further in is delivered to
 * nobody, so a key may come twice there. Never throws. `__proto__` is an ordinary own key.
 */
export function parseOutermostObject(text: string): ParsedJsonObject<FaultOfForm> {
  const shape = shapeOf(text);
  return judged(text, shape, shape.outermostMembers);
}

/** @param written the members, in the text, of the objects that are delivered */
function judged(text: string, { depth, outermostMembers }: JsonShape, written: number): ParsedJsonObject<FaultOfForm> {
  if (depth > MAX_DEPTH) return { ok: false, reason: 'nested-too-deeply' };
  const value = parseOrNull(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { ok: false, reason: 'not-a-json-object' };
  }
  const found = written === outermostMembers ? Object.keys(value).length : membersIn(value);
  return found === written ? { ok: true, object: value as JsonObject } : { ok: false, reason: 'duplicate-key' };
}

/** Null, which is no object either, for a text that is no JSON: the parser's message quotes it. */
function parseOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** The members of all objects in a parsed value. */
function membersIn(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const inside: unknown[] = Object.values(value);
  return inside.reduce<number>((sum, item) => sum + membersIn(item), Array.isArray(value) ? 0 : inside.length);
}

/** A number of a parsed object as it was written; `undefined` for anything else. */
export function numberText(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return isLosslessNumber(value) ? value.value : undefined;
}

/** The double next to a number of a parsed object, infinite where none is near; `undefined` for anything else. */
export function numberValue(value: unknown): number | undefined {
  const text = numberText(value);
  return text === undefined ? undefined : Number(text);
}

/** The object's own member of that name; undefined when there is none, whatever Object.prototype has. */
export function member(object: JsonObject, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}
