import { Inject, Injectable } from '@nestjs/common';
import type { PublicKeyHex } from '../../crypto/key-names.js';
import type { Sealer } from '../../crypto/sealing/sealer.js';
import { QUOTAS, VAULT_SEALER } from '../injection-tokens.js';
import type { OwnedSplitKey } from '../../events/domain-events.js';
import { REVOKED_TERMS } from '../../database/terms-columns.js';
import { managerOf, requireOneRow, statementsOf } from '../../database/open-transaction.js';
import { RowGuard } from '../../database/rows/row-guard.js';
import { COVERED_SPLIT_KEYS, COVERED_WALLETS } from './covered-tables.js';
import type { Transaction } from '../../database/transaction.js';
import { splitKeyQuota } from '../../errors/split-key-errors.js';
import type { UserId } from '../../identity/user-id.js';
import { unreadablePolicy } from '../../errors/split-key-errors.js';
import type { Policy } from '../../restrictions/policy/policy.js';
import { termsFromColumn, termsToColumn } from '../../restrictions/terms/terms-column.js';
import type { Quotas } from '../domain/quotas.js';
import type { NewSplitKey, SplitKey, SplitKeyWithShare } from '../domain/split-key.js';
import type { Wallet } from '../domain/wallet.js';
import { eraseAnswersOfSharing, eraseAnswersOfSplitKey } from './erase-kept-answers.js';
import { SplitKeyRow } from './split-key.entity.js';
import { placeOfUserShare, toSplitKey } from './split-key-mapping.js';

/** In place of a share that is gone. */
const ERASED = Buffer.alloc(0);

/** By the index of these alone; only as many are counted as matter. */
const COUNT_LIVE = `
  SELECT count(*) AS keys FROM (
    SELECT 1 FROM vault_split_keys
     WHERE wallet_id = ? AND is_revoked = 0 AND (expires_at = 0 OR expires_at > ?) LIMIT ?)`;

/** ZVault's half of split keys: who may use them, and their sealed user shares. */
@Injectable()
export class SplitKeyRepository {
  constructor(
    @Inject(VAULT_SEALER) private readonly sealer: Sealer,
    @Inject(QUOTAS) private readonly quotas: Quotas,
    private readonly rows: RowGuard,
  ) {}

  /** Throws `SPLIT_KEY.QUOTA` when one more would be too many. */
  // Async, though SQLite needs no promise: use cases wait for it as for any other read.
  async assertRoomIn({ id }: Wallet, nowSeconds: number, transaction: Transaction): Promise<void> {
    const { splitKeysPerWallet: most } = this.quotas;
    if (most === 0) return Promise.resolve();
    const { keys = 0 } = statementsOf(transaction).first<{ keys: number }>(COUNT_LIVE, id, nowSeconds, most) ?? {};
    if (keys >= most) throw splitKeyQuota(most);
    return Promise.resolve();
  }

  /** Seals the user share, which stays the caller's to wipe. Throws `RECORD.ALTERED` of the wallet. */
  async add(
    { splitKey, userShare }: SplitKeyWithShare & { readonly splitKey: NewSplitKey },
    transaction: Transaction,
  ): Promise<void> {
    const { id, walletId } = splitKey;
    this.rows.demand(COVERED_WALLETS, [walletId], transaction);
    const newest = await managerOf(transaction).maximum(SplitKeyRow, 'position', { walletId });
    await managerOf(transaction).insert(SplitKeyRow, {
      id,
      walletId,
      position: (newest ?? 0) + 1,
      ownerId: splitKey.ownerId,
      clientId: splitKey.clientId,
      clientKey: splitKey.clientKeyHex,
      userPublicKey: splitKey.userPublicKeyHex,
      serverPublicKey: splitKey.serverPublicKeyHex,
      sealedUserShare: Buffer.from(this.sealer.seal(userShare, placeOfUserShare(splitKey))),
      terms: termsToColumn(splitKey),
      sharedTo: splitKey.sharedTo ?? null,
      sharedAtSeconds: splitKey.sharedAtSeconds,
      createdAtSeconds: splitKey.createdAtSeconds,
    });
    requireOneRow(transaction);
    this.rows.begin(COVERED_SPLIT_KEYS, [id], statementsOf(transaction));
  }

  /** By owner and either share's public key: a key alone names nothing (wire.md section 3). */
  async find(ownerId: UserId, publicKey: PublicKeyHex, transaction: Transaction): Promise<SplitKey | undefined> {
    const row =
      (await managerOf(transaction).findOneBy(SplitKeyRow, { ownerId, userPublicKey: publicKey })) ??
      (await managerOf(transaction).findOneBy(SplitKeyRow, { ownerId, serverPublicKey: publicKey }));
    return row === null ? undefined : toSplitKey(row);
  }

  /** As ZAuth knows it: by owner, client id and user key. */
  async findOwned(
    { ownerId, clientId, userPublicKeyHex: userPublicKey }: OwnedSplitKey,
    transaction: Transaction,
  ): Promise<SplitKey | undefined> {
    const row = await managerOf(transaction).findOneBy(SplitKeyRow, { ownerId, clientId, userPublicKey });
    return row === null ? undefined : toSplitKey(row);
  }

  /** What it may sign, by itself: a policy that cannot be read hinders nothing else. Throws `POLICY.UNREADABLE`, `RECORD.ALTERED`. */
  async policyOf(id: string, transaction: Transaction): Promise<Policy> {
    this.rows.demand(COVERED_SPLIT_KEYS, [id], transaction);
    const { terms } = await managerOf(transaction).findOneByOrFail(SplitKeyRow, { id });
    const { policy } = termsFromColumn(terms);
    if (policy === 'unreadable') throw unreadablePolicy();
    return policy;
  }

  /** Seals the user share anew, for whom it is lent to. Throws `RECORD.ALTERED`, and when it cannot be opened. */
  async share(splitKey: SplitKey, sharedTo: UserId, sharedAtSeconds: number, transaction: Transaction): Promise<void> {
    const { id } = splitKey;
    eraseAnswersOfSharing(id, transaction);
    const row = await managerOf(transaction).findOneByOrFail(SplitKeyRow, { id });
    const userShare = this.sealer.open(row.sealedUserShare, placeOfUserShare(splitKey));
    try {
      const sealedUserShare = Buffer.from(this.sealer.seal(userShare, placeOfUserShare({ ...splitKey, sharedTo })));
      const change = { sharedTo, sharedAtSeconds, declinedAtSeconds: 0, sealedUserShare };
      await this.#change(id, change, transaction);
    } finally {
      userShare.wipe();
    }
  }

  async setPolicy({ id, isRevoked }: SplitKey, policy: Policy, transaction: Transaction): Promise<void> {
    await this.#change(id, { terms: termsToColumn({ policy, isRevoked }) }, transaction);
  }

  /** Revokes for good: the user share is overwritten with nothing (`secure_delete`). Reads no policy, and trusts no row. */
  async revoke(id: string, transaction: Transaction): Promise<void> {
    eraseAnswersOfSplitKey(id, transaction);
    await this.rows.restrict(COVERED_SPLIT_KEYS, [id], transaction, async () => {
      await managerOf(transaction).update(SplitKeyRow, { id }, { terms: () => REVOKED_TERMS, sealedUserShare: ERASED });
      requireOneRow(transaction);
    });
  }

  /** Throws `RECORD.ALTERED`. */
  #change(id: string, change: Partial<Omit<SplitKeyRow, 'id'>>, transaction: Transaction): Promise<void> {
    return this.rows.change(COVERED_SPLIT_KEYS, [id], transaction, async () => {
      await managerOf(transaction).update(SplitKeyRow, { id }, change);
      requireOneRow(transaction);
    });
  }

  /** Overwrites the user share of a split key that can sign no more. */
  async eraseUserShare(id: string, transaction: Transaction): Promise<void> {
    eraseAnswersOfSplitKey(id, transaction);
    await managerOf(transaction).update(SplitKeyRow, { id }, { sealedUserShare: ERASED });
    requireOneRow(transaction);
  }

  /** Deletes all of a wallet's, and with them their user shares. */
  async deleteOfWallet(wallet: Pick<Wallet, 'id' | 'ownerId' | 'clientId'>, transaction: Transaction): Promise<void> {
    const { id: walletId } = wallet;
    await managerOf(transaction).delete(SplitKeyRow, { walletId });
    this.rows.removed(COVERED_SPLIT_KEYS, wallet);
    // There may have been none.
    const left = await managerOf(transaction).countBy(SplitKeyRow, { walletId });
    if (left > 0) throw new Error('split keys were not deleted');
  }
}
