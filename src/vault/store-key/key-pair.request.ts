import type { Dialect } from '../../http/dialect/dialect.js';
import { unknownField } from '../../http/body/json-document.js';
import { DomainError } from '../../errors/domain-error.js';

/** The one pair of a wallet file's `keys`, as it stands there. */
export interface KeyPairText {
  readonly privateKeyHex: string;
  readonly publicKeyHex: string | undefined;
}

const FIELDS = ['private_key', 'public_key'];

/**
 * The pair of keys of a wallet file; `undefined` when it has none. Throws `REQUEST.INVALID_FIELD` for anything but one
 * pair: a file with several is of a wallet that was split on the client's side, and none of them is its key.
 */
export function readKeyPair(keys: unknown, dialect: Dialect): KeyPairText | undefined {
  if (keys === undefined || keys === null) return undefined;
  if (!Array.isArray(keys)) throw malformed('keys', 'must be an array with one pair of keys');
  if (keys.length === 0) return undefined;
  if (keys.length > 1)
    throw malformed('keys', 'has several keys, of which none is the whole wallet: it has been split');
  const pair: unknown = keys[0];
  if (typeof pair !== 'object' || pair === null || Array.isArray(pair)) {
    throw malformed('keys[0]', 'must be an object with private_key and public_key');
  }
  const fields = new Map<string, unknown>(Object.entries(pair));
  if (dialect === 'documented' && [...fields.keys()].some((name) => !FIELDS.includes(name))) throw unknownField();
  const publicKeyHex = textIn(fields, 'public_key', 128);
  const privateKeyHex = textIn(fields, 'private_key', 64);
  if (privateKeyHex === undefined) throw notDigits('private_key', 64);
  return { privateKeyHex, publicKeyHex };
}

function textIn(fields: ReadonlyMap<string, unknown>, name: string, digits: number): string | undefined {
  const value = fields.get(name) ?? undefined;
  if (value !== undefined && typeof value !== 'string') throw notDigits(name, digits);
  return value;
}

function notDigits(name: string, digits: number): DomainError {
  return malformed(`keys[0].${name}`, `must be ${digits} hexadecimal characters`);
}

function malformed(field: string, rule: string): DomainError {
  return new DomainError('REQUEST.INVALID_FIELD', `${field}: ${rule}`, { field });
}
