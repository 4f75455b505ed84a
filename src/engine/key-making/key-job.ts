import { unmovedCopy } from '../../crypto/secret-bytes.js';

/**
 * What the HTTP thread asks of the thread that makes keys, and what comes back. Bytes cross as arrays that own their whole
 * buffer and are transferred: they are moved, so whoever sent them has none left, and whoever got them wipes them.
 *
 * Unlike the messages of the curve workers, these hold secrets in the clear.
 */
export type KeyJob =
  /** New words, and what grows from them. */
  | { readonly kind: 'new-wallet' }
  /** The secret key of words. */
  | { readonly kind: 'read-words'; readonly words: MovedBytes; readonly field: string }
  /** A secret key's public key. */
  | { readonly kind: 'name'; readonly secret: MovedBytes }
  /** Two new halves of a secret key. */
  | { readonly kind: 'split'; readonly secret: MovedBytes }
  /** Whether a secret's public key and another one add up to a third. */
  | {
      readonly kind: 'add-up';
      readonly secret: MovedBytes;
      readonly other: NamedBytes;
      readonly sum: NamedBytes;
    };

/** Bytes that own their buffer. */
export type MovedBytes = Uint8Array<ArrayBuffer>;

/** A public key of which nothing is known, and the field that it came in. */
export interface NamedBytes {
  readonly field: string;
  readonly bytes: MovedBytes;
}

export interface KeyResults {
  readonly 'new-wallet': { readonly words: MovedBytes; readonly secret: MovedBytes; readonly publicKey: MovedBytes };
  readonly 'read-words': { readonly secret: MovedBytes };
  readonly name: { readonly publicKey: MovedBytes };
  readonly split: {
    readonly userShare: MovedBytes;
    readonly serverShare: MovedBytes;
    readonly userPublicKey: MovedBytes;
    readonly serverPublicKey: MovedBytes;
  };
  readonly 'add-up': { readonly addsUp: boolean; readonly publicKey: MovedBytes };
}

export type KeyJobKind = KeyJob['kind'];
export type KeyResult = KeyResults[KeyJobKind];

/** What the thread says of a job. */
export type KeyAnswer =
  | { readonly outcome: 'done'; readonly result: KeyResult }
  /** A field holds what it should not. */
  | { readonly outcome: 'malformed'; readonly field: string; readonly reason: string }
  /** Our own fault. No message of it holds a secret. */
  | { readonly outcome: 'failed'; readonly reason: string };

export type KeyThreadMessage =
  { readonly kind: 'makes-keys' } | { readonly kind: 'made'; readonly id: number; readonly answer: KeyAnswer };

export interface KeyQuestion {
  readonly id: number;
  readonly job: KeyJob;
}

/** A copy that owns its buffer, and nothing else in it. */
export function moved(bytes: Uint8Array): MovedBytes {
  return unmovedCopy(bytes);
}

/** Every buffer in a job or a result, to be transferred with it. */
export function buffersIn(message: object): ArrayBuffer[] {
  return Object.values(message).flatMap((value: unknown) => {
    if (value instanceof Uint8Array) return value.buffer instanceof ArrayBuffer ? [value.buffer] : [];
    return typeof value === 'object' && value !== null ? buffersIn(value) : [];
  });
}
