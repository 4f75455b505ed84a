import type { BlsEngine } from '../../crypto/bls0chain/bls-engine.js';
import { decodePublicKey, decodeSecretKey } from '../../crypto/bls0chain/codec.js';
import { parseClientIdField, parsePublicKeyField } from '../../wire/named-inputs.js';
import type { WireRestrictions } from '../../wire/wire-restrictions.js';
import type { ClaimedKeys } from './consistent-keys.js';
import type { SetUpBody } from './set-up.body.js';
import type { SetUpRequest } from './set-up.js';

/**
 * What a body asks for. Throws `REQUEST.INVALID_FIELD`, `MalformedEncodingError` naming the field, or
 * `RESTRICTION.UNKNOWN_GROUP`.
 */
export function readSetUp(body: SetUpBody, restrictions: WireRestrictions, engine: BlsEngine): SetUpRequest {
  return {
    setupPublicKeyHex: body.public_key ? parsePublicKeyField(body.public_key, 'public_key') : undefined,
    // What is absent is not said; null is, and denies everything, unlike in ZVault (wire.md section 5).
    restrictions: body.restrictions === undefined ? undefined : restrictions.read(body.restrictions ?? [], 'sdk'),
    expiresAtSeconds: body.expired_at ?? undefined,
    keys: keysIn(body, engine),
  };
}

/** The share last: nothing can go wrong any more that would leave it behind. */
function keysIn(body: SetUpBody, engine: BlsEngine): ClaimedKeys {
  return {
    clientId: parseClientIdField(body.client_id, 'client_id'),
    clientKey: decodePublicKey(engine, body.client_key, 'client_key'),
    userPublicKey: decodePublicKey(engine, body.peer_public_key, 'peer_public_key'),
    serverShare: decodeSecretKey(body.private_key, 'private_key'),
  };
}
