import { Inject, Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import type { ClientId } from '../../crypto/key-names.js';
import type { SealedPlace } from '../../crypto/sealing/sealed-place.js';
import type { Sealer } from '../../crypto/sealing/sealer.js';
import type { SecretBytes } from '../../crypto/secret-bytes.js';
import { QUOTAS, VAULT_SEALER } from '../injection-tokens.js';
import { OrderedRows } from '../../database/ordered-rows.js';
import { SqliteUnitOfWork } from '../../database/sqlite-unit-of-work.js';
import { RowGuard } from '../../database/rows/row-guard.js';
import { alteredRow } from '../../errors/altered-row.js';
import { COVERED_SPLIT_KEYS, COVERED_WALLETS } from './covered-tables.js';
import { managerOf, requireOneRow, statementsOf } from '../../database/open-transaction.js';
import type { Transaction } from '../../database/transaction.js';
import type { Statements } from '../../database/statements.js';
import { DomainError } from '../../errors/domain-error.js';
import { WalletQuestions } from '../../events/wallet-questions.js';
import type { UserId } from '../../identity/user-id.js';
import type { Quotas } from '../domain/quotas.js';
import type { ListedWallet, Wallet } from '../domain/wallet.js';
import type { ListedEntry, StoredList } from '../lists/listings.js';
import { eraseAnswersOfWallet } from './erase-kept-answers.js';
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

const FIND_MASTER_KEY = `
  SELECT id, sealed_master_key FROM ${TABLE} WHERE owner_id = ? AND client_id = ? AND deletes_at IS NULL`;

/** Only as many are counted as matter. */
const countOfAnOwner = (which: string): string =>
  `SELECT count(*) AS wallets FROM (SELECT 1 FROM ${TABLE} WHERE owner_id = ? AND ${which} LIMIT ?)`;
const LIVE_ONES = countOfAnOwner('deletes_at IS NULL');
/** How many deleted wallets there may be for each that may be live, before there can be no new one. */
const DELETED_PER_LIVE = 10;
const DELETED_ONES = countOfAnOwner('deletes_at IS NOT NULL');

/** A master key that was opened, and the wallet that it is of. */
export interface OpenedMasterKey {
  readonly walletId: string;
  readonly masterKey: SecretBytes;
}

/**
 * Live wallets and their sealed master keys. Every look-up is by owner: there is no way to ask for another's. What is
 * deleted is found by {@link PendingWallets} alone.
 */
@Injectable()
export class WalletRepository {
  constructor(
    @Inject(VAULT_SEALER) private readonly sealer: Sealer,
    private readonly unitOfWork: SqliteUnitOfWork,
    @Inject(QUOTAS) private readonly quotas: Quotas,
    private readonly questions: WalletQuestions<Statements>,
    private readonly rows: RowGuard,
  ) {}

  async find(ownerId: UserId, clientId: ClientId, transaction: Transaction): Promise<Wallet | undefined> {
    const row = await managerOf(transaction).findOneBy(WalletRow, { ownerId, clientId, deletesAtSeconds: IsNull() });
    return row === null ? undefined : toWallet(row);
  }

  /** Oldest first, without secrets. */
  ownedBy(ownerId: UserId): StoredList<ListedWallet> {
    const entries =
      (statements: Statements) =>
      (row: PublicColumns): ListedEntry<ListedWallet> => {
        const wallet = toWallet(row);
        const frozenAtSeconds = this.questions.frozenAt(ownerId, wallet.clientId, statements);
        return { entry: { wallet, frozenAtSeconds }, place: [row.createdAtMilliseconds, row.clientId] };
      };
    return sqliteList(OF_AN_OWNER, ownerId, entries, this.unitOfWork);
  }

  /** Seals the two secrets and keeps them; they stay the caller's to wipe. Throws `WALLET.QUOTA` for one too many. */
  async add(
    wallet: Wallet,
    secrets: { readonly masterKey: SecretBytes; readonly mnemonic: SecretBytes | undefined },
    transaction: Transaction,
  ): Promise<void> {
    this.assertRoom(wallet.ownerId, transaction);
    this.assertFewDeleted(wallet.ownerId, transaction);
    await managerOf(transaction).insert(WalletRow, {
      id: wallet.id,
      ownerId: wallet.ownerId,
      clientId: wallet.clientId,
      clientKey: wallet.clientKeyHex,
      sealedMasterKey: this.seal(secrets.masterKey, wallet, 'sealed_master_key'),
      sealedMnemonic: secrets.mnemonic === undefined ? null : this.seal(secrets.mnemonic, wallet, 'sealed_mnemonic'),
      createdAtMilliseconds: wallet.createdAtMilliseconds,
    });
    requireOneRow(transaction);
    this.rows.begin(COVERED_WALLETS, [wallet.id], statementsOf(transaction));
  }

  /** Keeps the mnemonic of a wallet that has none yet; one that is kept is never overwritten. */
  async addMnemonic(wallet: Wallet, mnemonic: SecretBytes, transaction: Transaction): Promise<void> {
    const sealedMnemonic = this.seal(mnemonic, wallet, 'sealed_mnemonic');
    await managerOf(transaction).update(WalletRow, { id: wallet.id, sealedMnemonic: IsNull() }, { sealedMnemonic });
  }

  /**
   * The wallet's master key, for the caller to wipe after use; `undefined` when there is no such wallet. Read at once and in
   * no transaction, which would have to wait for what is made of it: whoever writes looks for the wallet again. Throws
   * `RECORD.ALTERED`, and when the sealed key does not open.
   */
  openMasterKey(ownerId: UserId, clientId: ClientId): Promise<OpenedMasterKey | undefined> {
    return this.unitOfWork.readAtOnce((statements) => {
      const row = statements.first<{ id: string; sealed_master_key: Buffer }>(FIND_MASTER_KEY, ownerId, clientId);
      if (row === undefined) return undefined;
      if (!this.rows.isIntactAt(COVERED_WALLETS, [row.id], statements)) throw alteredRow();
      return {
        walletId: row.id,
        masterKey: this.sealer.open(row.sealed_master_key, placeOf({ id: row.id, ownerId }, 'sealed_master_key')),
      };
    });
  }

  /** Destroys the wallet with its split keys, whether it is live or not. */
  async delete(wallet: Wallet, transaction: Transaction): Promise<void> {
    eraseAnswersOfWallet(wallet.id, transaction);
    await managerOf(transaction).delete(WalletRow, { id: wallet.id });
    requireOneRow(transaction);
    for (const table of [COVERED_WALLETS, COVERED_SPLIT_KEYS]) this.rows.removed(table, wallet);
  }

  /**
   * Throws `WALLET.QUOTA` when the owner has as many live ones as may be. What exists is never looked at again: a limit
   * that was lowered stops new ones alone.
   */
  assertRoom(ownerId: UserId, transaction: Transaction): void {
    const { walletsPerUser: most } = this.quotas;
    if (this.hasAsMany(LIVE_ONES, most, ownerId, transaction)) {
      throw new DomainError('WALLET.QUOTA', `you have ${most} wallets, which is as many as may be`);
    }
  }

  /**
   * Deleting is never refused, so whoever makes and deletes in turn is stopped here: else each wallet would be another
   * row for all its days of grace.
   */
  private assertFewDeleted(ownerId: UserId, transaction: Transaction): void {
    const most = this.quotas.walletsPerUser * DELETED_PER_LIVE;
    if (this.hasAsMany(DELETED_ONES, most, ownerId, transaction)) {
      const detail = `${most} wallets of yours are deleted and not yet destroyed, which is as many as may be`;
      throw new DomainError('WALLET.QUOTA', detail);
    }
  }

  /** Never, where there is no limit. */
  private hasAsMany(count: string, most: number, ownerId: UserId, transaction: Transaction): boolean {
    if (most === 0) return false;
    const { wallets = 0 } = statementsOf(transaction).first<{ wallets: number }>(count, ownerId, most) ?? {};
    return wallets >= most;
  }

  private seal(secret: SecretBytes, wallet: Wallet, column: string): Buffer {
    return Buffer.from(this.sealer.seal(secret, placeOf(wallet, column)));
  }
}

function placeOf({ id, ownerId }: Pick<Wallet, 'id' | 'ownerId'>, column: string): SealedPlace {
  return { table: TABLE, row: id, column, version: 1, wallet: id, owner: ownerId, recipient: '' };
}
