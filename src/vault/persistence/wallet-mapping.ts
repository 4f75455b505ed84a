import type { ClientId, PublicKeyHex } from '../../crypto/key-names.js';
import type { UserId } from '../../identity/user-id.js';
import type { Wallet } from '../domain/wallet.js';
import type { WalletRow } from './wallet.entity.js';

export type PublicColumns = Omit<WalletRow, 'sealedMasterKey' | 'sealedMnemonic' | 'version' | 'mac'>;

/** Of lists, which unseal nothing. */
export const WALLET_COLUMNS = [
  'id',
  'owner_id AS ownerId',
  'client_id AS clientId',
  'client_key AS clientKey',
  'created_at_ms AS createdAtMilliseconds',
  'deletes_at AS deletesAtSeconds',
];

export function toWallet(row: PublicColumns): Wallet {
  return {
    id: row.id,
    ownerId: row.ownerId as UserId,
    clientId: row.clientId as ClientId,
    clientKeyHex: row.clientKey as PublicKeyHex,
    createdAtMilliseconds: row.createdAtMilliseconds,
  };
}
