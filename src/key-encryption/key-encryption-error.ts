/**
 * Why a key-encryption key did not do what it was asked. `refused`: what is to be unwrapped was altered, or wrapped by
 * another key or for another context, or whoever keeps the key does not let us use it. `missing`: there is no such key where
 * it should be. `unavailable`: there is no telling, since whoever keeps the key does not answer; it may later.
 */
export type KeyEncryptionFailure = 'refused' | 'unavailable' | 'missing';

/** A data key could not be wrapped or unwrapped. The message names no secret, and neither does a cause. */
export class KeyEncryptionError extends Error {
  readonly reason: KeyEncryptionFailure;

  constructor(reason: KeyEncryptionFailure, message: string) {
    super(message);
    this.name = 'KeyEncryptionError';
    this.reason = reason;
  }
}

/** One message whatever is wrong with a wrapped key: who can tell reasons apart has an oracle. */
export function refusedWrapping(): KeyEncryptionError {
  return new KeyEncryptionError(
    'refused',
    'a wrapped key could not be unwrapped: it was altered, or wrapped by another key or for another data key',
  );
}

/** What every call is told after `close`. */
export function closedKey(): KeyEncryptionError {
  return new KeyEncryptionError('unavailable', 'the key-encryption key has been closed');
}
