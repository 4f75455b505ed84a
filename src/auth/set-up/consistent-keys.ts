import { clientIdOf } from '../../crypto/bls0chain/client-id.js';
import { encodePublicKey } from '../../crypto/bls0chain/codec.js';
import type { ClientId, PublicKeyHex } from '../../crypto/key-names.js';
import type { SecretBytes } from '../../crypto/secret-bytes.js';
import type { ClaimedKey, KeyMaker } from '../../engine/key-making/key-maker.js';
import { DomainError } from '../../errors/domain-error.js';
import type { UserId } from '../../identity/user-id.js';

/** Keys that are said to be one split key. That they belong together, and are points, is the caller's word. */
export interface ClaimedKeys {
  readonly clientId: ClientId;
  readonly clientKey: ClaimedKey;
  readonly userPublicKey: ClaimedKey;
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
 * Throws `SETUP.INCONSISTENT`, or `MalformedEncodingError` naming the field of what is no public key. The share stays the
 * caller's to wipe.
 */
export async function consistentKeys(maker: KeyMaker, user: UserId, keys: ClaimedKeys): Promise<ConsistentKeys> {
  const { clientId, clientKey, userPublicKey, serverShare } = keys;
  const { publicKey, addsUp } = await maker.addUp(user, serverShare, userPublicKey, clientKey);
  if (!addsUp) throw inconsistent('private_key and peer_public_key do not add up to client_key');
  if (clientIdOf(clientKey.bytes) !== clientId) throw inconsistent('client_id is not the sha3-256 of client_key');
  return {
    clientId,
    clientKeyHex: encodePublicKey(clientKey.bytes),
    userPublicKeyHex: encodePublicKey(userPublicKey.bytes),
    serverPublicKeyHex: encodePublicKey(publicKey),
  };
}

function inconsistent(message: string): DomainError {
  return new DomainError('SETUP.INCONSISTENT', message);
}
