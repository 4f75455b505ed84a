import { Inject, Injectable } from '@nestjs/common';
import type { ClientId, PublicKeyHex } from '../../crypto/key-names.js';
import type { Sealer } from '../../crypto/sealing/sealer.js';
import type { SecretBytes } from '../../crypto/secret-bytes.js';
import { AUTH_SEALER } from '../../crypto/tokens.js';
import type { Transaction } from '../../database/transaction.js';
import type { UserId } from '../../identity/user-id.js';
import { restrictionsToColumn } from '../../restrictions/restrictions-column.js';
import type { RestrictionList } from '../../restrictions/restriction-list.js';
import type { ServerShare } from '../domain/server-share.js';
import { ServerShareRow } from './server-share.entity.js';
import { toRow, toServerShare } from './server-share-mapping.js';

/** A server share with its secret still sealed. */
export interface SealedServerShare {
  readonly share: ServerShare;
  readonly sealed: Uint8Array;
}

/** ZAuth's half of split keys, and the only place where a server share is sealed or opened. */
@Injectable()
export class ServerShareRepository {
  constructor(@Inject(AUTH_SEALER) private readonly sealer: Sealer) {}

  /** Seals the secret, which stays the caller's to wipe. */
  async add(share: ServerShare, secret: SecretBytes, { manager }: Transaction): Promise<void> {
    const sealedServerShare = Buffer.from(this.sealer.seal(secret, placeOf(share.id)));
    await manager.insert(ServerShareRow, { ...toRow(share), sealedServerShare });
  }

  /**
   * For signing, where there may be no token: by client id **and** key, since a key alone can be claimed by
   * anybody (wire.md section 3). The user key is the right one; the server's will do.
   *
   * Two when somebody has also set the same halves up the wrong way round, which whoever holds the user share can
   * do; the one whose user key it is comes first.
   */
  async findForSigning(
    clientId: ClientId,
    publicKey: PublicKeyHex,
    { manager }: Transaction,
  ): Promise<SealedServerShare[]> {
    const rows = [
      await manager.findOneBy(ServerShareRow, { clientId, userPublicKey: publicKey }),
      await manager.findOneBy(ServerShareRow, { clientId, serverPublicKey: publicKey }),
    ];
    return rows.flatMap((row) => (row === null ? [] : [{ share: toServerShare(row), sealed: row.sealedServerShare }]));
  }

  async findById(id: string, { manager }: Transaction): Promise<ServerShare | undefined> {
    const row = await manager.findOneBy(ServerShareRow, { id });
    return row === null ? undefined : toServerShare(row);
  }

  /** By what it signs for, whoever owns it: there is only one. */
  async findBySigner(
    clientId: ClientId,
    userPublicKey: PublicKeyHex,
    { manager }: Transaction,
  ): Promise<ServerShare | undefined> {
    const row = await manager.findOneBy(ServerShareRow, { clientId, userPublicKey });
    return row === null ? undefined : toServerShare(row);
  }

  /** The owner's, for one wallet, the most recently used first. */
  async listOwnedBy(ownerId: UserId, clientId: ClientId, { manager }: Transaction): Promise<ServerShare[]> {
    const rows = await manager.find(ServerShareRow, {
      where: { ownerId, clientId },
      order: { lastUsedAtSeconds: 'DESC', createdAtSeconds: 'DESC', id: 'ASC' },
    });
    return rows.map(toServerShare);
  }

  /** The secret, for the caller to wipe after use. Throws when the row was tampered with. */
  open({ share, sealed }: SealedServerShare): SecretBytes {
    return this.sealer.open(sealed, placeOf(share.id));
  }

  /** What `/setup` says anew of a live one. */
  async replaceTerms(
    id: string,
    terms: { restrictions: RestrictionList; expiresAtSeconds: number; setupPublicKeyHex: PublicKeyHex | undefined },
    { manager }: Transaction,
  ): Promise<void> {
    await manager.update(
      ServerShareRow,
      { id },
      {
        restrictions: restrictionsToColumn(terms.restrictions),
        expiresAtSeconds: terms.expiresAtSeconds,
        setupPublicKey: terms.setupPublicKeyHex ?? null,
      },
    );
  }

  async restrict(id: string, restrictions: RestrictionList, { manager }: Transaction): Promise<void> {
    await manager.update(ServerShareRow, { id }, { restrictions: restrictionsToColumn(restrictions) });
  }

  async revoke(id: string, { manager }: Transaction): Promise<void> {
    await manager.update(ServerShareRow, { id }, { isRevoked: 1 });
  }

  async markUsed(id: string, lastUsedAtSeconds: number, { manager }: Transaction): Promise<void> {
    await manager.update(ServerShareRow, { id }, { lastUsedAtSeconds });
  }

  async deleteOwnedBy(ownerId: UserId, clientId: ClientId, { manager }: Transaction): Promise<void> {
    await manager.delete(ServerShareRow, { ownerId, clientId });
  }
}

const placeOf = (row: string) =>
  ({ table: 'auth_server_shares', row, column: 'sealed_server_share', version: 1 }) as const;
