import type { BlsEngine } from '../../crypto/bls0chain/bls-engine.js';
import { clientIdOf } from '../../crypto/bls0chain/client-id.js';
import { encodePublicKey } from '../../crypto/bls0chain/codec.js';
import { sharesMakeClientKey } from '../../crypto/bls0chain/combine.js';
import type { ClientId, PublicKeyHex } from '../../crypto/key-names.js';
import type { SecretBytes } from '../../crypto/secret-bytes.js';
import { DomainError } from '../../errors/domain-error.js';

/** Keys that are said to be one split key. Each is well-formed; that they belong together is the caller's word. */
export interface ClaimedKeys {
  readonly clientId: ClientId;
  readonly clientKey: Uint8Array;
  readonly userPublicKey: Uint8Array;
  readonly serverShare: SecretBytes;
}

/** The names of keys of which it has been checked that they make up one split key. */
export interface ConsistentKeys {
  readonly clientId: ClientId;
  readonly clientKeyHex: PublicKeyHex;
  readonly userPublicKeyHex: PublicKeyHex;
  readonly serverPublicKeyHex: PublicKeyHex;
}

/**
 * The keys of a `/setup`: the server share's public key and the user's must add up to the client key, and the
 * client id must be the client key's (wire.md section 5). Without this anybody could claim anybody's wallet.
 *
 * Throws `SETUP.INCONSISTENT`. The share stays the caller's to wipe.
 */
export function consistentKeys(engine: BlsEngine, keys: ClaimedKeys): ConsistentKeys {
  const { clientId, clientKey, userPublicKey, serverShare } = keys;
  const serverPublicKey = engine.publicKeyOf(serverShare);
  if (!sharesMakeClientKey(engine, [serverPublicKey, userPublicKey], clientKey)) {
    throw inconsistent('private_key and peer_public_key do not add up to client_key');
  }
  if (clientIdOf(clientKey) !== clientId) throw inconsistent('client_id is not the sha3-256 of client_key');
  return {
    clientId,
    clientKeyHex: encodePublicKey(clientKey),
    userPublicKeyHex: encodePublicKey(userPublicKey),
    serverPublicKeyHex: encodePublicKey(serverPublicKey),
  };
}

function inconsistent(message: string): DomainError {
  return new DomainError('SETUP.INCONSISTENT', message);
}
