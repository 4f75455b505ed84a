import { Inject, Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import type { ClientId } from '../../crypto/key-names.js';
import type { Sealer } from '../../crypto/sealing/sealer.js';
import type { SecretBytes } from '../../crypto/secret-bytes.js';
import { VAULT_SEALER } from '../injection-tokens.js';
import { OrderedRows } from '../../database/ordered-rows.js';
import { SqliteUnitOfWork } from '../../database/sqlite-unit-of-work.js';
import { managerOf, requireOneRow } from '../../database/open-transaction.js';
import type { Transaction } from '../../database/transaction.js';
import type { UserId } from '../../identity/user-id.js';
import type { Wallet } from '../domain/wallet.js';
import type { ListedEntry, StoredList } from '../lists/listings.js';
import { sqliteList } from './sqlite-list.js';
import { toWallet, WALLET_COLUMNS } from './wallet-mapping.js';
import type { PublicColumns } from './wallet-mapping.js';
import { WalletRow } from './wallet.entity.js';

const TABLE = 'vault_wallets';

const OF_AN_OWNER = new OrderedRows<PublicColumns>({
  table: TABLE,
  scope: 'owner_id',
  only: 'deletes_at IS NULL',
  order: ['created_at_ms', 'client_id'],
  columns: WALLET_COLUMNS,
});

/**
 * Live wallets and their sealed master keys. Every look-up is by owner: there is no way to ask for another's. What is
 * deleted is found by {@link PendingWallets} alone.
 */
@Injectable()
export class WalletRepository {
  constructor(
    @Inject(VAULT_SEALER) private readonly sealer: Sealer,
    private readonly unitOfWork: SqliteUnitOfWork,
  ) {}

  async find(ownerId: UserId, clientId: ClientId, transaction: Transaction): Promise<Wallet | undefined> {
    const row = await managerOf(transaction).findOneBy(WalletRow, { ownerId, clientId, deletesAtSeconds: IsNull() });
    return row === null ? undefined : toWallet(row);
  }

  /** Oldest first, without secrets. */
  ownedBy(ownerId: UserId): StoredList<Wallet> {
    return sqliteList(OF_AN_OWNER, ownerId, listed, this.unitOfWork);
  }

  /** Seals the two secrets and keeps them; they stay the caller's to wipe. */
  async add(
    wallet: Wallet,
    secrets: { readonly masterKey: SecretBytes; readonly mnemonic: SecretBytes | undefined },
    transaction: Transaction,
  ): Promise<void> {
    await managerOf(transaction).insert(WalletRow, {
      id: wallet.id,
      ownerId: wallet.ownerId,
      clientId: wallet.clientId,
      clientKey: wallet.clientKeyHex,
      sealedMasterKey: this.seal(secrets.masterKey, wallet.id, 'sealed_master_key'),
      sealedMnemonic: secrets.mnemonic === undefined ? null : this.seal(secrets.mnemonic, wallet.id, 'sealed_mnemonic'),
      createdAtMilliseconds: wallet.createdAtMilliseconds,
    });
    requireOneRow(transaction);
  }

  /** Keeps the mnemonic of a wallet that has none yet; one that is kept is never overwritten. */
  async addMnemonic(wallet: Wallet, mnemonic: SecretBytes, transaction: Transaction): Promise<void> {
    const sealedMnemonic = this.seal(mnemonic, wallet.id, 'sealed_mnemonic');
    await managerOf(transaction).update(WalletRow, { id: wallet.id, sealedMnemonic: IsNull() }, { sealedMnemonic });
  }

  /** The master key, for the caller to wipe after use. Throws when the row was tampered with. */
  async openMasterKey(wallet: Wallet, transaction: Transaction): Promise<SecretBytes> {
    const row = await managerOf(transaction).findOneByOrFail(WalletRow, { id: wallet.id });
    return this.sealer.open(row.sealedMasterKey, {
      table: TABLE,
      row: row.id,
      column: 'sealed_master_key',
      version: 1,
    });
  }

  /** Destroys the wallet with its split keys, whether it is live or not. */
  async delete(wallet: Wallet, transaction: Transaction): Promise<void> {
    await managerOf(transaction).delete(WalletRow, { id: wallet.id });
    requireOneRow(transaction);
  }

  private seal(secret: SecretBytes, row: string, column: string): Buffer {
    return Buffer.from(this.sealer.seal(secret, { table: TABLE, row, column, version: 1 }));
  }
}

function listed(row: PublicColumns): ListedEntry<Wallet> {
  return { entry: toWallet(row), place: [row.createdAtMilliseconds, row.clientId] };
}
