import { Injectable } from '@nestjs/common';
import type { ClientId, PublicKeyHex } from '../../crypto/key-names.js';
import type { Transaction } from '../../database/transaction.js';
import { restrictionsFromColumn } from '../../restrictions/restrictions-column.js';
import type { SigningShare, StandingShare } from '../domain/server-share.js';

const STANDING = 'restrictions, is_revoked, expires_at';

// Each half of the OR has an index of its own.
const FIND_FOR_SIGNING = `
  SELECT id, client_key, user_public_key, sealed_server_share, ${STANDING}
    FROM auth_server_shares
   WHERE client_id = ? AND (user_public_key = ? OR server_public_key = ?)`;

const FIND_STANDING = `SELECT ${STANDING}, last_used_at FROM auth_server_shares WHERE id = ?`;

const MARK_USED = 'UPDATE auth_server_shares SET last_used_at = ? WHERE id = ?';

/**
 * What every signature asks of ZAuth's server shares. Prepared statements, answered within the call: no promise and no
 * entity for each (docs/adr/0014).
 */
@Injectable()
export class SigningShareRepository {
  /**
   * For signing, where there may be no token: by client id **and** key, since a key alone can be claimed by
   * anybody (wire.md section 3). The user key is the right one; the server's will do.
   *
   * Two when somebody has also set the same halves up the wrong way round, which whoever holds the user share can
   * do; the one whose user key it is comes first.
   */
  find(clientId: ClientId, publicKey: PublicKeyHex, { statements }: Transaction): SigningShare[] {
    const rows = statements.all<SigningRow>(FIND_FOR_SIGNING, clientId, publicKey, publicKey);
    // Here and not in the query, where it would cost a temporary table: there is hardly ever more than one.
    rows.sort((one, other) => Number(other.user_public_key === publicKey) - Number(one.user_public_key === publicKey));
    return rows.map((row) => ({
      id: row.id,
      clientId,
      clientKeyHex: row.client_key as PublicKeyHex,
      userPublicKeyHex: row.user_public_key as PublicKeyHex,
      sealed: row.sealed_server_share,
      restrictions: restrictionsFromColumn(row.restrictions),
      isRevoked: row.is_revoked !== 0,
      expiresAtSeconds: row.expires_at,
    }));
  }

  /** What signing decides on, as it stands in this transaction. */
  standingOf(id: string, { statements }: Transaction): StandingShare | undefined {
    const row = statements.first<StandingRow & { readonly last_used_at: number }>(FIND_STANDING, id);
    if (row === undefined) return undefined;
    return {
      restrictions: restrictionsFromColumn(row.restrictions),
      isRevoked: row.is_revoked !== 0,
      expiresAtSeconds: row.expires_at,
      lastUsedAtSeconds: row.last_used_at,
    };
  }

  markUsed(id: string, lastUsedAtSeconds: number, { statements }: Transaction): void {
    statements.run(MARK_USED, lastUsedAtSeconds, id);
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
