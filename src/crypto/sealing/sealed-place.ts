/**
 * Where a sealed value lives: the associated data (AAD) of its encryption. An envelope opens only at the place that it
 * was sealed for.
 */
export interface SealedPlace {
  readonly table: string;
  /** What identifies the row for good: its primary key as text. */
  readonly row: string;
  readonly column: string;
  /** What names the wallet for good, in this half: all that it has is sealed under a key of its own. */
  readonly wallet: string;
  /** Whose it is; empty where that is nobody, or is part of what names the wallet. */
  readonly owner: string;
  /** To whom it is lent; empty when it is lent to nobody, or nothing of it ever is. */
  readonly recipient: string;
  /** Of what the value means, from 0 to 2^53 − 1: raise it when the same column starts to hold another encoding. */
  readonly version: number;
}

const LENGTH_BYTES = 4;
const VERSION_BYTES = 8;

/** As format 1 has it, which knows no wallets; see {@link encodeSealedPlace}. */
export type RowPlace = Omit<SealedPlace, 'wallet' | 'owner' | 'recipient'>;

/** As format 2 has it, which knows nobody whose it is. */
export type WalletPlace = Omit<SealedPlace, 'owner' | 'recipient'>;

/**
 * The place as bytes: that of `encodeWalletPlace`, owner and recipient each after its length in bytes, which may be 0.
 * Throws as that.
 */
export function encodeSealedPlace(place: SealedPlace): Uint8Array {
  const named = (part: 'owner' | 'recipient'): Uint8Array =>
    place[part] === '' ? Buffer.alloc(LENGTH_BYTES) : lengthPrefixed(part, place[part]);
  return Buffer.concat([encodeWalletPlace(place), named('owner'), named('recipient')]);
}

/** The place as bytes: that of `encodeRowPlace`, and the wallet after its length in bytes. Throws as that. */
export function encodeWalletPlace(place: WalletPlace): Uint8Array {
  return Buffer.concat([encodeRowPlace(place), lengthPrefixed('wallet', place.wallet)]);
}

/**
 * The place as bytes: table, row and column in UTF-8, each after its length in bytes (4 bytes, big-endian), then
 * the version (8 bytes, big-endian). Different places give different bytes: the lengths leave no two ways to cut.
 *
 * Throws `RangeError` naming the part that is empty or not well-formed text (lone surrogates all encode alike),
 * or a version that is not a safe integer ≥ 0. That is a mistake in the calling code, never in stored data.
 */
export function encodeRowPlace(place: RowPlace): Uint8Array {
  const version = Buffer.alloc(VERSION_BYTES);
  if (!Number.isSafeInteger(place.version) || place.version < 0) {
    throw new RangeError('the version of a sealed place must be an integer from 0 to 2^53 - 1');
  }
  version.writeBigUInt64BE(BigInt(place.version));
  return Buffer.concat([
    lengthPrefixed('table', place.table),
    lengthPrefixed('row', place.row),
    lengthPrefixed('column', place.column),
    version,
  ]);
}

function lengthPrefixed(part: string, text: string): Uint8Array {
  const bytes = Buffer.from(text, 'utf8');
  if (bytes.length === 0 || bytes.toString('utf8') !== text) {
    throw new RangeError(`the ${part} of a sealed place must be well-formed text and not empty`);
  }
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}
