import { timingSafeEqual } from 'node:crypto';

/**
 * An entry as its owner can ask for it. It is a capability: whoever shows the random bytes has been given them, with the
 * answer that the entry is of.
 */
export interface EntryId {
  /** Of the row; a whole number. It can be guessed. */
  readonly id: number;
  /** The entry's own 16 random bytes as 32 hexadecimal digits, which cannot. */
  readonly salt: string;
}

const ID_BYTES = 8;
const ENTRY_ID = /^[A-Za-z0-9_-]{32}$/;
const SALT = /^[0-9a-f]{32}$/;

/**
 * 32 characters: base64url of the id as 8 bytes, big-endian, and the random bytes. Throws a RangeError that names what is
 * no id or no salt.
 */
export function encodeEntryId({ id, salt }: EntryId): string {
  if (!Number.isSafeInteger(id) || id < 0) throw new RangeError('id must be a whole number');
  if (!SALT.test(salt)) throw new RangeError('salt must be 32 hexadecimal digits in lower case');
  const idHex = id.toString(16).padStart(2 * ID_BYTES, '0');
  return Buffer.from(`${idHex}${salt}`, 'hex').toString('base64url');
}

/** What the characters spell; undefined for everything that `encodeEntryId` does not write. It never throws. */
export function parseEntryId(text: string): EntryId | undefined {
  if (!ENTRY_ID.test(text)) return undefined;
  const bytes = Buffer.from(text, 'base64url');
  const id = Number(bytes.readBigUInt64BE());
  return Number.isSafeInteger(id) ? { id, salt: bytes.subarray(ID_BYTES).toString('hex') } : undefined;
}

/** Whether what was asked for is this entry. How long it takes says nothing of how much of the salt is right. */
export function isEntryOf(asked: EntryId, entry: EntryId): boolean {
  const [one, other] = [Buffer.from(asked.salt), Buffer.from(entry.salt)];
  return asked.id === entry.id && one.length === other.length && timingSafeEqual(one, other);
}
