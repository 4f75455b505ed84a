import { member, parseOutermostObject } from '../json/json-object.js';
import type { JsonObject } from '../json/json-object.js';

/**
 * What `transaction_data` says to the chain, which decodes it with Go's `json.Unmarshal` into
 * `{"name": string, "input": raw}`. Go matches keys in any letter case and lets the last one win, so only
 * texts that leave it no choice are understood here: both keys, exactly spelled, once each, nothing beside. `input` is passed over, as Go passes it on: the contract reads it.
 */
const CALL_KEYS: ReadonlySet<string> = new Set(['name', 'input']);

function strictObject(data: string, keys: ReadonlySet<string>): JsonObject | undefined {
  const parsed = parseOutermostObject(data);
  if (!parsed.ok) return undefined;
  const present = Object.keys(parsed.object);
  // Repeated keys have been refused, so equal counts mean that each key is there once.
  return present.length === keys.size && present.every((key) => keys.has(key)) ? parsed.object : undefined;
}

/** The function that the data names, or undefined when Go could read it in any other way. Never throws. */
export function calledFunction(data: string): string | undefined {
  const object = strictObject(data, CALL_KEYS);
  const name = object && member(object, 'name');
  return typeof name === 'string' ? name : undefined;
}

/**
 * Where some decoder could find an object, or `null`, which Go takes for an object without members. More may stand
 * before it than JSON's four white spaces: byte order marks, NUL, every other white space or invisible character. Go
 * skips none of those, but others do, and no wallet begins a note with one of them and a brace.
 */
const COULD_BE_AN_OBJECT = /^[\s\p{C}]*(?:\{|null[\s\p{C}]*$)/u;

/**
 * Whether the data is a note, as the wallets written in JavaScript send it with a transfer: nothing, or text that no
 * decoder takes for an object, so that it can name no function. JSON of another kind (a number, a string, an array) is
 * one too: Go refuses to decode it into an object. Linear in the length of the text.
 */
export function isNote(data: string): boolean {
  return !COULD_BE_AN_OBJECT.test(data);
}

const NOTE_KEYS: ReadonlySet<string> = new Set(['note']);

/**
 * Whether the data is what wallets send along with a plain transfer: a note, a call named `transfer`, or
 * `{"note": string}` (gosdk before 2024 and its mobile builds). None names a function of any contract, so
 * that the same signature is worth nothing at the address of a contract that we have not heard of.
 */
export function isTransferData(data: string): boolean {
  if (isNote(data) || calledFunction(data) === 'transfer') return true;
  const object = strictObject(data, NOTE_KEYS);
  return object !== undefined && typeof member(object, 'note') === 'string';
}
