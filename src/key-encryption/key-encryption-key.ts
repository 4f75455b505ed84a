import type { SecretBytes } from '../crypto/secret-bytes.js';

/** How a key is stretched from a passphrase. Public: stored beside what the key wraps, since the key follows from it. */
export interface PassphraseParameters {
  /** 16 to 64 random bytes. */
  readonly salt: Uint8Array;
  /** N of scrypt (RFC 7914), a power of two from 2^17 to 2^20: it takes 128 · N · 8 bytes of memory for a moment. */
  readonly cost: number;
}

/** What a wrapped key is bound to, and must be named to open it again. All public. */
export interface WrappingContext {
  /** What the data key is for: 1 to 64 characters of a-z, 0-9 and '-'. */
  readonly domain: string;
  /** Random id of the data key: 16 lower-case hexadecimal characters. */
  readonly dataKeyId: string;
}

/**
 * A key that wraps data keys and does nothing else (NIST SP 800-57: *key-encryption key*, and *key wrapping* what it does).
 * It may be far away: every call is asynchronous, may take long and may fail.
 */
export interface KeyEncryptionKey {
  readonly provider: 'file' | 'env' | 'passphrase' | 'pkcs11' | 'vault-transit';

  /** Public: says which key, nothing of what it is. Stable for the same key; 1 to 64 printable characters. */
  readonly fingerprint: string;

  /** Of a passphrase alone: how it was made from that. Public, and kept beside what it wraps. */
  readonly stretching?: PassphraseParameters;

  /**
   * The key in a wrapping that may lie in a database; wrapping twice never gives the same bytes.
   *
   * @param key 32 bytes, stays the caller's to wipe
   *
   * Rejects with `KeyEncryptionError`, and with `RangeError` for another length or a context that cannot be encoded.
   */
  wrap(key: SecretBytes, context: WrappingContext): Promise<Uint8Array>;

  /**
   * The 32 bytes that were wrapped, for the caller to wipe. Rejects with `KeyEncryptionError`: `refused`, always in the
   * same words, when it is not exactly what this key wrapped for this context.
   */
  unwrap(wrapped: Uint8Array, context: WrappingContext): Promise<SecretBytes>;

  /** Lets go of the key. Calls that wait and calls that come later reject as `unavailable`; safe to call again. */
  close(): Promise<void>;
}
