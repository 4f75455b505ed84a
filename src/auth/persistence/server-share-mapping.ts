import type { ClientId, PublicKeyHex } from '../../crypto/key-names.js';
import type { UserId } from '../../identity/user-id.js';
import { termsToColumn } from '../../restrictions/terms/terms-column.js';
import type { NewServerShare, ServerShare } from '../domain/server-share.js';
import type { ServerShareRow } from './server-share.entity.js';

export function toServerShare(row: ServerShareRow): ServerShare {
  return {
    id: row.id,
    splitKeyId: row.splitKeyId ?? undefined,
    ownerId: row.ownerId as UserId,
    clientId: row.clientId as ClientId,
    clientKeyHex: row.clientKey as PublicKeyHex,
    userPublicKeyHex: row.userPublicKey as PublicKeyHex,
    serverPublicKeyHex: row.serverPublicKey as PublicKeyHex,
    setupPublicKeyHex: row.setupPublicKey === null ? undefined : (row.setupPublicKey as PublicKeyHex),
    isRevoked: row.isRevoked !== 0,
    createdAtSeconds: row.createdAtSeconds,
    expiresAtSeconds: row.expiresAtSeconds,
    lastUsedAtSeconds: row.lastUsedAtSeconds,
    revision: row.revision,
  };
}

/** What the database makes of the terms, and what the row guard writes. */
type Computed = 'isRevoked' | 'expiresAtSeconds' | 'version' | 'mac';

/** Everything but the sealed share, the revision, whom it is lent to, and what is computed. */
export function toRow(
  share: NewServerShare,
): Omit<ServerShareRow, Computed | 'sealedServerShare' | 'revision' | 'lentTo'> {
  return {
    id: share.id,
    splitKeyId: share.splitKeyId ?? null,
    ownerId: share.ownerId,
    clientId: share.clientId,
    clientKey: share.clientKeyHex,
    userPublicKey: share.userPublicKeyHex,
    serverPublicKey: share.serverPublicKeyHex,
    setupPublicKey: share.setupPublicKeyHex ?? null,
    terms: termsToColumn({ policy: share.policy, isRevoked: false }),
    createdAtSeconds: share.createdAtSeconds,
    lastUsedAtSeconds: 0,
  };
}
