import { MalformedPolicyError } from './malformed-policy-error.js';

/** A value of somebody's JSON, and where in the policy it stands. */
export interface Field {
  readonly path: string;
  readonly value: unknown;
}

const MAX_UINT64 = 2n ** 64n - 1n;
const DECIMAL = /^(?:0|[1-9][0-9]{0,19})$/;
/** What can be repeated to whoever sent it. */
const MEMBER_NAME = /^[A-Za-z_][A-Za-z0-9_]{0,39}$/;

export function refuse({ path }: Pick<Field, 'path'>, why: string): never {
  throw new MalformedPolicyError(path, why);
}

/** An object that has no other members than these. Gives back a reader of them: undefined for one that is absent. */
export function readObject<Name extends string>(
  field: Field,
  names: readonly Name[],
): (name: Name) => Field | undefined {
  const { path, value } = field;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) refuse(field, 'must be an object');
  const members = new Map(Object.entries(value));
  const unknown = [...members.keys()].find((name) => !(names as readonly string[]).includes(name));
  if (unknown !== undefined) {
    if (!MEMBER_NAME.test(unknown)) refuse(field, 'has a member that is not known');
    refuse({ path: `${path}.${unknown}` }, `is not known; there are ${names.join(', ')}`);
  }
  return (name) => (members.has(name) ? { path: `${path}.${name}`, value: members.get(name) } : undefined);
}

/** The elements of a list that holds from `least` to `most` of them. */
export function readList(field: Field, least: number, most: number, what: string): Field[] {
  const { path, value } = field;
  if (!Array.isArray(value)) refuse(field, `must be a list of ${what}`);
  if (value.length > most) refuse(field, `must hold at most ${most} ${what}`);
  if (value.length < least) refuse(field, 'is empty, which says nothing; leave it out');
  return value.map((element: unknown, index) => ({ path: `${path}[${index}]`, value: element }));
}

/** A whole JSON number from `least` to `most`. */
export function readInteger(field: Field, least: number, most: number): number {
  const { value } = field;
  if (typeof value !== 'number' || !Number.isInteger(value) || value < least || value > most) {
    refuse(field, `must be a whole number from ${least} to ${most}`);
  }
  // -0, which JSON can write, is 0.
  return value + 0;
}

/** An amount: uint64 as a string of decimal digits, without a leading zero. */
export function readSas(field: Field): bigint {
  const { value } = field;
  const sas = typeof value === 'string' && DECIMAL.test(value) ? BigInt(value) : undefined;
  if (sas === undefined || sas > MAX_UINT64) {
    refuse(field, 'must be SAS as a string of decimal digits, from "0" to "18446744073709551615"');
  }
  return sas;
}

export function readText(field: Field): string {
  const { value } = field;
  if (typeof value !== 'string') refuse(field, 'must be a string');
  return value;
}

/** One of a few words. */
export function readWord<Word extends string>(field: Field, words: readonly Word[]): Word {
  const word = words.find((one) => one === field.value);
  if (word === undefined) refuse(field, `must be one of ${words.join(', ')}`);
  return word;
}

/** A member that the form wants. */
export function required<Name extends string>(
  read: (name: Name) => Field | undefined,
  { path }: Field,
  name: Name,
): Field {
  return read(name) ?? refuse({ path: `${path}.${name}` }, 'is missing');
}

/** `{ [key]: value }`, or nothing when the value is undefined: for members that are absent and not undefined. */
export function present<Key extends string, Value>(
  key: Key,
  value: Value | undefined,
): Readonly<Partial<Record<Key, Value>>> {
  return (value === undefined ? {} : { [key]: value }) as Partial<Record<Key, Value>>;
}
