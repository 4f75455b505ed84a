import { Inject, Injectable } from '@nestjs/common';
import type { ClientId, PublicKeyHex } from '../../crypto/key-names.js';
import type { Sealer } from '../../crypto/sealing/sealer.js';
import type { SecretBytes } from '../../crypto/secret-bytes.js';
import { AUTH_SEALER } from '../injection-tokens.js';
import { managerOf, requireOneRow } from '../../database/open-transaction.js';
import type { Transaction } from '../../database/transaction.js';
import type { UserId } from '../../identity/user-id.js';
import { restrictionsToColumn } from '../../restrictions/restrictions-column.js';
import type { RestrictionList } from '../../restrictions/restriction-list.js';
import { placeOfShare } from '../domain/place-of-share.js';
import type { ServerShare } from '../domain/server-share.js';
import { ServerShareRow } from './server-share.entity.js';
import { toRow, toServerShare } from './server-share-mapping.js';

/** ZAuth's half of split keys. Server shares are sealed here and opened only by the curve workers. */
@Injectable()
export class ServerShareRepository {
  constructor(@Inject(AUTH_SEALER) private readonly sealer: Sealer) {}

  /** Seals the secret, which stays the caller's to wipe. */
  async add(share: ServerShare, secret: SecretBytes, transaction: Transaction): Promise<void> {
    const sealedServerShare = Buffer.from(this.sealer.seal(secret, placeOfShare(share.id)));
    await managerOf(transaction).insert(ServerShareRow, { ...toRow(share), sealedServerShare });
    requireOneRow(transaction);
  }

  /** By what it signs for, whoever owns it: there is only one. */
  async findBySigner(
    clientId: ClientId,
    userPublicKey: PublicKeyHex,
    transaction: Transaction,
  ): Promise<ServerShare | undefined> {
    const row = await managerOf(transaction).findOneBy(ServerShareRow, { clientId, userPublicKey });
    return row === null ? undefined : toServerShare(row);
  }

  /** The owner's, for one wallet, the most recently used first. */
  async listOwnedBy(ownerId: UserId, clientId: ClientId, transaction: Transaction): Promise<ServerShare[]> {
    const rows = await managerOf(transaction).find(ServerShareRow, {
      where: { ownerId, clientId },
      order: { lastUsedAtSeconds: 'DESC', createdAtSeconds: 'DESC', id: 'ASC' },
    });
    return rows.map(toServerShare);
  }

  /** What `/setup` says anew of a live one. */
  async replaceTerms(
    id: string,
    terms: { restrictions: RestrictionList; expiresAtSeconds: number; setupPublicKeyHex: PublicKeyHex | undefined },
    transaction: Transaction,
  ): Promise<void> {
    await managerOf(transaction).update(
      ServerShareRow,
      { id },
      {
        restrictions: restrictionsToColumn(terms.restrictions),
        expiresAtSeconds: terms.expiresAtSeconds,
        setupPublicKey: terms.setupPublicKeyHex ?? null,
      },
    );
    requireOneRow(transaction);
  }

  async restrict(id: string, restrictions: RestrictionList, transaction: Transaction): Promise<void> {
    await managerOf(transaction).update(ServerShareRow, { id }, { restrictions: restrictionsToColumn(restrictions) });
    requireOneRow(transaction);
  }

  async revoke(id: string, transaction: Transaction): Promise<void> {
    await managerOf(transaction).update(ServerShareRow, { id }, { isRevoked: 1 });
    requireOneRow(transaction);
  }

  async deleteOwnedBy(ownerId: UserId, clientId: ClientId, transaction: Transaction): Promise<void> {
    await managerOf(transaction).delete(ServerShareRow, { ownerId, clientId });
    // There may have been none: ZAuth can be told to delete them by itself.
    const left = await managerOf(transaction).countBy(ServerShareRow, { ownerId, clientId });
    if (left > 0) throw new Error('server shares were not deleted');
  }
}
