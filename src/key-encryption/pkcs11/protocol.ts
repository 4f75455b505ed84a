import type { KeyEncryptionFailure } from '../key-encryption-error.js';

/** Where the key is. None of it is secret. */
export interface ModuleKey {
  /** The vendor's library, as `/usr/lib/softhsm/libsofthsm2.so`. */
  readonly modulePath: string;
  readonly tokenLabel: string;
  /** One of them, or both: exactly one AES key of 256 bits must have them, or exactly one RSA key. */
  readonly keyLabel?: string | undefined;
  /** Hexadecimal. */
  readonly keyIdHex?: string | undefined;
}

/** The first message to the child; the PIN comes over its standard input. */
export interface SetUp {
  readonly key: ModuleKey;
}

export interface Question {
  readonly id: number;
  readonly operation: 'wrap' | 'unwrap';
  /** A data key, or a wrapping. */
  readonly bytes: Uint8Array;
  /** To wrap: 12 bytes. */
  readonly nonce: Uint8Array;
  readonly context: Uint8Array;
}

export interface ModuleFailure {
  readonly reason: KeyEncryptionFailure;
  /** As the sentence of an error, without secrets. */
  readonly message: string;
}

/** The child's first message. */
export type Started = { readonly fingerprint: string } | ModuleFailure;

export type Answer = { readonly id: number; readonly bytes: Uint8Array } | ({ readonly id: number } & ModuleFailure);
