import type { ClientId, PublicKeyHex } from '../../crypto/key-names.js';
import type { SealedPlace } from '../../crypto/sealing/sealed-place.js';
import type { UserId } from '../../identity/user-id.js';
import type { SplitKey } from '../domain/split-key.js';
import type { SplitKeyRow } from './split-key.entity.js';

/** Where a split key's user share is sealed for: of whom, and for whom. Lending seals it anew. */
export function placeOfUserShare({
  id,
  walletId,
  ownerId,
  sharedTo,
}: Pick<SplitKey, 'id' | 'walletId' | 'ownerId' | 'sharedTo'>): SealedPlace {
  const of = { wallet: walletId, owner: ownerId, recipient: sharedTo ?? '' };
  return { table: 'vault_split_keys', row: id, column: 'sealed_user_share', version: 1, ...of };
}

export function toSplitKey(row: Omit<SplitKeyRow, 'terms' | 'version' | 'mac'>): SplitKey {
  return {
    id: row.id,
    walletId: row.walletId,
    ownerId: row.ownerId as UserId,
    clientId: row.clientId as ClientId,
    clientKeyHex: row.clientKey as PublicKeyHex,
    userPublicKeyHex: row.userPublicKey as PublicKeyHex,
    serverPublicKeyHex: row.serverPublicKey as PublicKeyHex,
    sharedTo: row.sharedTo === null ? undefined : (row.sharedTo as UserId),
    sharedAtSeconds: row.sharedAtSeconds,
    declinedAtSeconds: row.declinedAtSeconds,
    isRevoked: row.isRevoked !== 0,
    createdAtSeconds: row.createdAtSeconds,
    expiresAtSeconds: row.expiresAtSeconds,
  };
}
