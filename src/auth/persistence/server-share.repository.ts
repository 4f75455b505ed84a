import { Inject, Injectable } from '@nestjs/common';
import type { ClientId, PublicKeyHex } from '../../crypto/key-names.js';
import type { Sealer } from '../../crypto/sealing/sealer.js';
import type { SecretBytes } from '../../crypto/secret-bytes.js';
import { AUTH_SEALER } from '../../crypto/tokens.js';
import type { Transaction } from '../../database/transaction.js';
import type { UserId } from '../../identity/user-id.js';
import { restrictionsFromColumn, restrictionsToColumn } from '../../restrictions/restrictions-column.js';
import type { RestrictionList } from '../../restrictions/restriction-list.js';
import { placeOfShare } from '../domain/place-of-share.js';
import type { ServerShare, SigningShare, Standing } from '../domain/server-share.js';
import { ServerShareRow } from './server-share.entity.js';
import { toRow, toServerShare } from './server-share-mapping.js';

/** ZAuth's half of split keys. Server shares are sealed here and opened only by the curve workers. */
@Injectable()
export class ServerShareRepository {
  constructor(@Inject(AUTH_SEALER) private readonly sealer: Sealer) {}

  /** Seals the secret, which stays the caller's to wipe. */
  async add(share: ServerShare, secret: SecretBytes, { manager }: Transaction): Promise<void> {
    const sealedServerShare = Buffer.from(this.sealer.seal(secret, placeOfShare(share.id)));
    await manager.insert(ServerShareRow, { ...toRow(share), sealedServerShare });
  }

  /**
   * For signing, where there may be no token: by client id **and** key, since a key alone can be claimed by
   * anybody (wire.md section 3). The user key is the right one; the server's will do.
   *
   * Two when somebody has also set the same halves up the wrong way round, which whoever holds the user share can
   * do; the one whose user key it is comes first.
   */
  async findForSigning(clientId: ClientId, publicKey: PublicKeyHex, { manager }: Transaction): Promise<SigningShare[]> {
    // A prepared query, since every signature asks. Each half of the OR has an index of its own.
    const rows = await manager.query<SigningRow[]>(
      `SELECT id, client_key, user_public_key, sealed_server_share, restrictions, is_revoked, expires_at
         FROM auth_server_shares
        WHERE client_id = ? AND (user_public_key = ? OR server_public_key = ?)
        ORDER BY user_public_key = ? DESC`,
      [clientId, publicKey, publicKey, publicKey],
    );
    return rows.map((row) => ({
      id: row.id,
      clientId,
      clientKeyHex: row.client_key as PublicKeyHex,
      userPublicKeyHex: row.user_public_key as PublicKeyHex,
      sealed: row.sealed_server_share,
      ...standingOf(row),
    }));
  }

  /** What signing decides on, as it stands in this transaction: a prepared query, since every signature asks. */
  async findStanding(id: string, { manager }: Transaction): Promise<Standing | undefined> {
    const [row] = await manager.query<StandingRow[]>(
      'SELECT restrictions, is_revoked, expires_at FROM auth_server_shares WHERE id = ?',
      [id],
    );
    return row === undefined ? undefined : standingOf(row);
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
    await manager.query('UPDATE auth_server_shares SET last_used_at = ? WHERE id = ?', [lastUsedAtSeconds, id]);
  }

  async deleteOwnedBy(ownerId: UserId, clientId: ClientId, { manager }: Transaction): Promise<void> {
    await manager.delete(ServerShareRow, { ownerId, clientId });
  }
}

interface StandingRow {
  readonly restrictions: string | null;
  readonly is_revoked: number;
  readonly expires_at: number;
}

interface SigningRow extends StandingRow {
  readonly id: string;
  readonly client_key: string;
  readonly user_public_key: string;
  readonly sealed_server_share: Buffer;
}

function standingOf(row: StandingRow): Standing {
  return {
    restrictions: restrictionsFromColumn(row.restrictions),
    isRevoked: row.is_revoked !== 0,
    expiresAtSeconds: row.expires_at,
  };
}
