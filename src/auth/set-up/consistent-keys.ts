import type { BlsEngine } from '../../crypto/bls0chain/bls-engine.js';
import { clientIdOf } from '../../crypto/bls0chain/client-id.js';
import { decodePublicKey, decodeSecretKey, encodeHex } from '../../crypto/bls0chain/codec.js';
import { sharesMakeClientKey } from '../../crypto/bls0chain/combine.js';
import type { ClientId, PublicKeyHex } from '../../crypto/key-names.js';
import type { SecretBytes } from '../../crypto/secret-bytes.js';
import { DomainError } from '../../errors/domain-error.js';
import { parseClientIdField } from '../../wire/named-inputs.js';
import type { SetUpBody } from './set-up.body.js';

/** Keys of which it has been checked that they make up one split key. */
export interface ConsistentKeys {
  readonly clientId: ClientId;
  readonly clientKeyHex: PublicKeyHex;
  readonly userPublicKeyHex: PublicKeyHex;
  readonly serverPublicKeyHex: PublicKeyHex;
  readonly serverShare: SecretBytes;
}

/**
 * The keys of a `/setup`: the server share's public key and the user's must add up to the client key, and the
 * client id must be the client key's (wire.md section 5). Without this anybody could claim anybody's wallet.
 *
 * Throws `MalformedEncodingError` naming the field, or `SETUP.INCONSISTENT`.
 */
export function consistentKeys(engine: BlsEngine, body: SetUpBody): ConsistentKeys {
  const clientId = parseClientIdField(body.client_id, 'client_id');
  const clientKey = decodePublicKey(engine, body.client_key, 'client_key');
  const userPublicKey = decodePublicKey(engine, body.peer_public_key, 'peer_public_key');
  const serverShare = decodeSecretKey(body.private_key, 'private_key');
  try {
    const serverPublicKey = engine.publicKeyOf(serverShare);
    if (!sharesMakeClientKey(engine, [serverPublicKey, userPublicKey], clientKey)) {
      throw inconsistent('private_key and peer_public_key do not add up to client_key');
    }
    if (clientIdOf(clientKey) !== clientId) throw inconsistent('client_id is not the sha3-256 of client_key');
    return {
      clientId,
      clientKeyHex: encodeHex(clientKey) as PublicKeyHex,
      userPublicKeyHex: encodeHex(userPublicKey) as PublicKeyHex,
      serverPublicKeyHex: encodeHex(serverPublicKey) as PublicKeyHex,
      serverShare,
    };
  } catch (error) {
    serverShare.wipe();
    throw error;
  }
}

function inconsistent(message: string): DomainError {
  return new DomainError('SETUP.INCONSISTENT', message);
}
