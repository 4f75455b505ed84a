import type { SecretBytes } from '../crypto/secret-bytes.js';
import type { WrappingContext } from './key-encryption-key.js';

/** Of every data key that is wrapped: they are keys of AES-256. */
export const DATA_KEY_BYTES = 32;
const CONTEXT_LABEL = 'split-key-kms/key-encryption/1';

/**
 * The context as the associated data of the wrapping, in ASCII: a label of ours, the domain and the id of the data key, a
 * line each, without a last line feed. Different contexts give different bytes, since no part may hold a line feed.
 *
 * Throws `RangeError` for a domain or an id that is not as `WrappingContext` says: a mistake in the calling code.
 */
export function encodeContext({ domain, dataKeyId }: WrappingContext): Uint8Array {
  if (!/^[a-z0-9-]{1,64}$/.test(domain)) throw new RangeError('the domain of a wrapping context is malformed');
  if (!/^[0-9a-f]{16}$/.test(dataKeyId)) throw new RangeError('the data key id of a wrapping context is malformed');
  return Uint8Array.from(Buffer.from(`${CONTEXT_LABEL}\n${domain}\n${dataKeyId}`, 'latin1'));
}

/** The bytes of a data key, not a copy. Throws `RangeError` when there are not 32. */
export function exposeDataKey(key: SecretBytes): Uint8Array {
  if (key.length !== DATA_KEY_BYTES) throw new RangeError(`a data key must be ${DATA_KEY_BYTES} bytes long`);
  return key.expose();
}
