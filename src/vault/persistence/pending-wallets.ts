import { Injectable } from '@nestjs/common';
import { IsNull, LessThanOrEqual, Not } from 'typeorm';
import type { ClientId } from '../../crypto/key-names.js';
import { managerOf, requireOneRow } from '../../database/open-transaction.js';
import { OrderedRows } from '../../database/ordered-rows.js';
import { SqliteUnitOfWork } from '../../database/sqlite-unit-of-work.js';
import { RowGuard } from '../../database/rows/row-guard.js';
import { COVERED_WALLETS } from './covered-tables.js';
import type { Transaction } from '../../database/transaction.js';
import type { UserId } from '../../identity/user-id.js';
import type { PendingWallet, Wallet } from '../domain/wallet.js';
import type { ListedEntry, StoredList } from '../lists/listings.js';
import { eraseAnswersOfWallet } from './erase-kept-answers.js';
import { sqliteList } from './sqlite-list.js';
import { toWallet, WALLET_COLUMNS } from './wallet-mapping.js';
import type { PublicColumns } from './wallet-mapping.js';
import { WalletRow } from './wallet.entity.js';

const OF_AN_OWNER = new OrderedRows<PublicColumns>({
  table: 'vault_wallets',
  scope: 'owner_id',
  only: 'deletes_at IS NOT NULL',
  order: ['deletes_at', 'client_id'],
  columns: WALLET_COLUMNS,
});

/** Deleted wallets whose master keys are still there. They are wallets to nobody but to whoever asks for these. */
@Injectable()
export class PendingWallets {
  constructor(
    private readonly unitOfWork: SqliteUnitOfWork,
    private readonly rows: RowGuard,
  ) {}

  async find(ownerId: UserId, clientId: ClientId, transaction: Transaction): Promise<PendingWallet | undefined> {
    const deletesAtSeconds = Not(IsNull());
    const row = await managerOf(transaction).findOneBy(WalletRow, { ownerId, clientId, deletesAtSeconds });
    return row === null ? undefined : toPending(row);
  }

  /** The first to go first, without secrets. */
  ownedBy(ownerId: UserId): StoredList<PendingWallet> {
    return sqliteList(OF_AN_OWNER, ownerId, () => listed, this.unitOfWork);
  }

  /** Those that are to be destroyed by then, the longest overdue first. */
  async dueBy(seconds: number, most: number, transaction: Transaction): Promise<PendingWallet[]> {
    const rows = await managerOf(transaction).find(WalletRow, {
      where: { deletesAtSeconds: LessThanOrEqual(seconds) },
      order: { deletesAtSeconds: 'ASC' },
      take: most,
    });
    return rows.map(toPending);
  }

  /** Takes a live wallet away until it is destroyed or brought back. Its split keys are the caller's to delete. */
  async keepUntil(deletesAtSeconds: number, wallet: Wallet, transaction: Transaction): Promise<void> {
    eraseAnswersOfWallet(wallet.id, transaction);
    await this.rows.restrict(COVERED_WALLETS, [wallet.id], transaction, async () => {
      await managerOf(transaction).update(WalletRow, { id: wallet.id }, { deletesAtSeconds });
      requireOneRow(transaction);
    });
  }

  /** Throws `RECORD.ALTERED`. */
  async restore(wallet: PendingWallet, transaction: Transaction): Promise<void> {
    await this.rows.change(COVERED_WALLETS, [wallet.id], transaction, async () => {
      await managerOf(transaction).update(WalletRow, { id: wallet.id }, { deletesAtSeconds: null });
      requireOneRow(transaction);
    });
  }
}

function listed(row: PublicColumns): ListedEntry<PendingWallet> {
  return { entry: toPending(row), place: [row.deletesAtSeconds ?? 0, row.clientId] };
}

function toPending(row: PublicColumns): PendingWallet {
  if (row.deletesAtSeconds === null) throw new Error('a wallet that is not deleted was taken for one');
  return { ...toWallet(row), deletesAtSeconds: row.deletesAtSeconds };
}
