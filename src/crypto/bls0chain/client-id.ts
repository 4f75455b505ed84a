import { createHash } from 'node:crypto';

import type { ClientId } from '../key-names.js';
import { PUBLIC_KEY_BYTES } from './bls-engine.js';
import { MalformedEncodingError } from './malformed-encoding-error.js';

/**
 * The client id of a client key: SHA3-256 (FIPS 202) of its 64 bytes, as 64 lower-case digits. The key's encoding
 * is hashed as it is, so pass what a decoder accepted. Throws `MalformedEncodingError` for another length.
 */
export function clientIdOf(clientKey: Uint8Array): ClientId {
  if (clientKey.length !== PUBLIC_KEY_BYTES) throw new MalformedEncodingError('client key', 'must be 64 bytes');
  return createHash('sha3-256').update(clientKey).digest('hex') as ClientId;
}
