import { member, parseJsonObject } from './json-object.js';
import type { JsonObject } from './json-object.js';

/**
 * What `transaction_data` says to the chain, which decodes it with Go's `json.Unmarshal` into
 * `{"name": string, "input": raw}`. Go matches keys in any letter case and lets the last one win, so only
 * texts that leave it no choice are understood here: both keys, exactly spelled, once each, nothing beside.
 */
const CALL_KEYS: ReadonlySet<string> = new Set(['name', 'input']);

function strictObject(data: string, keys: ReadonlySet<string>): JsonObject | undefined {
  const parsed = parseJsonObject(data);
  if (!parsed.ok) return undefined;
  const present = Object.keys(parsed.object);
  // parseJsonObject has refused repeated keys, so equal counts mean that each key is there once.
  return present.length === keys.size && present.every((key) => keys.has(key)) ? parsed.object : undefined;
}

/** The function that the data names, or undefined when Go could read it in any other way. Never throws. */
export function calledFunction(data: string): string | undefined {
  const object = strictObject(data, CALL_KEYS);
  const name = object && member(object, 'name');
  return typeof name === 'string' ? name : undefined;
}

const NOTE_KEYS: ReadonlySet<string> = new Set(['note']);

/**
 * Whether the data is what wallets send along with a plain transfer: a call named `transfer`, or
 * `{"note": string}` (gosdk before 2024 and its mobile builds). Either names no function of any contract, so
 * that the same signature is worth nothing at the address of a contract that we have not heard of.
 */
export function isTransferData(data: string): boolean {
  if (calledFunction(data) === 'transfer') return true;
  const object = strictObject(data, NOTE_KEYS);
  return object !== undefined && typeof member(object, 'note') === 'string';
}
