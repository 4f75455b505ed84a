import { decodePublicKeyBytes, decodeSecretKey } from '../../crypto/bls0chain/codec.js';
import { parseClientIdField, parsePublicKeyField } from '../../wire/named-inputs.js';
import type { WireRestrictions } from '../../wire/wire-restrictions.js';
import type { ClaimedKeys } from './consistent-keys.js';
import type { SetUpBody } from './set-up.body.js';
import type { SetUpRequest } from './set-up.js';

/**
 * What a body asks for. Throws `REQUEST.INVALID_FIELD`, `MalformedEncodingError` naming the field, or
 * `RESTRICTION.UNKNOWN_GROUP`.
 */
export function readSetUp(body: SetUpBody, restrictions: WireRestrictions): SetUpRequest {
  return {
    setupPublicKeyHex: body.public_key ? parsePublicKeyField(body.public_key, 'public_key') : undefined,
    // What is absent is not said; null is, and denies everything, unlike in ZVault (wire.md section 5).
    restrictions: body.restrictions === undefined ? undefined : restrictions.read(body.restrictions ?? [], 'sdk'),
    expiresAtSeconds: body.expired_at ?? undefined,
    keys: keysIn(body),
  };
}

/** The share last: nothing can go wrong any more that would leave it behind. */
function keysIn(body: SetUpBody): ClaimedKeys {
  return {
    clientId: parseClientIdField(body.client_id, 'client_id'),
    clientKey: { field: 'client_key', bytes: decodePublicKeyBytes(body.client_key, 'client_key') },
    userPublicKey: {
      field: 'peer_public_key',
      bytes: decodePublicKeyBytes(body.peer_public_key, 'peer_public_key'),
    },
    serverShare: decodeSecretKey(body.private_key, 'private_key'),
  };
}
