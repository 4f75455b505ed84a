import { KeyEncryptionError } from '../key-encryption-error.js';

export function missing(message: string): KeyEncryptionError {
  return new KeyEncryptionError('missing', message);
}

export function unavailable(message: string): KeyEncryptionError {
  return new KeyEncryptionError('unavailable', message);
}
