import { Inject, Injectable } from '@nestjs/common';
import type { ClientId, PublicKeyHex } from '../../crypto/key-names.js';
import type { Sealer } from '../../crypto/sealing/sealer.js';
import type { SecretBytes } from '../../crypto/secret-bytes.js';
import { AUTH_SEALER, MOST_SPLIT_KEYS } from '../injection-tokens.js';
import type { OwnedSplitKey } from '../../events/domain-events.js';
import { REVOKED_TERMS } from '../../database/terms-columns.js';
import { managerOf, requireOneRow, statementsOf } from '../../database/open-transaction.js';
import type { Transaction } from '../../database/transaction.js';
import { splitKeyQuota } from '../../errors/split-key-errors.js';
import type { UserId } from '../../identity/user-id.js';
import { nameOfWallet, placeOfShare } from '../domain/place-of-share.js';
import type { NewServerShare, ServerShare } from '../domain/server-share.js';
import { RowGuard } from '../../database/rows/row-guard.js';
import { COVERED_SHARES } from './covered-tables.js';
import { Freezes } from './freezes.js';
import { countBy } from './counts/count-by.js';
import { keepRevision, nextRevision } from './policy-revisions.js';
import { COUNT_LIVE, FIND_LENT, FIND_OWNED, FIND_UNERASED } from './server-share-queries.js';
import { ServerShareRow } from './server-share.entity.js';
import { toRow, toServerShare } from './server-share-mapping.js';

/** In place of a share that is gone. */
const ERASED = Buffer.alloc(0);

/** What a split key can be found by. */
export type KeyName = keyof typeof FIND_OWNED;

interface DueRow {
  readonly id: string;
  readonly owner_id: string;
  readonly client_id: string;
  readonly user_public_key: string;
}

/** A server share that is to be overwritten. */
interface DueShare extends OwnedSplitKey {
  readonly id: string;
}

/** ZAuth's half of split keys. Server shares are sealed here and opened only by the curve workers. */
@Injectable()
export class ServerShareRepository {
  constructor(
    @Inject(AUTH_SEALER) private readonly sealer: Sealer,
    @Inject(MOST_SPLIT_KEYS) private readonly mostSplitKeys: number,
    private readonly rows: RowGuard,
    private readonly freezes: Freezes,
  ) {}

  /** Throws `SPLIT_KEY.QUOTA` when one more live share of this owner and wallet would be too many. */
  // Async, though SQLite needs no promise: use cases wait for it as for any other read.
  async assertRoomFor(
    { ownerId, clientId }: Pick<NewServerShare, 'ownerId' | 'clientId'>,
    nowSeconds: number,
    transaction: Transaction,
  ): Promise<void> {
    const most = this.mostSplitKeys;
    if (most === 0) return Promise.resolve();
    const counted = statementsOf(transaction).first<{ keys: number }>(COUNT_LIVE, ownerId, clientId, nowSeconds, most);
    if ((counted?.keys ?? 0) >= most) throw splitKeyQuota(most);
    return Promise.resolve();
  }

  /** Seals the secret, which stays the caller's to wipe. Its policy is its owner's. */
  async add(share: NewServerShare, secret: SecretBytes, transaction: Transaction): Promise<void> {
    const sealedServerShare = Buffer.from(this.sealer.seal(secret, placeOfShare(share.id, nameOfWallet(share))));
    const revision = nextRevision(share, transaction);
    await managerOf(transaction).insert(ServerShareRow, { ...toRow(share), revision, sealedServerShare });
    requireOneRow(transaction);
    this.rows.begin(COVERED_SHARES, [share.id], statementsOf(transaction));
    this.freezes.begin(share.ownerId, share.clientId, transaction);
    countBy(share, share.policy, { statements: statementsOf(transaction), rows: this.rows });
    const authorship = { by: share.ownerId, atMilliseconds: share.createdAtSeconds * 1000 };
    await keepRevision(share, revision, share.policy, authorship, transaction);
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

  /** The owner's split key of a wallet with this key; of several, the one that was used last. */
  async findOwned(
    { ownerId, clientId }: Pick<ServerShare, 'ownerId' | 'clientId'>,
    name: KeyName,
    publicKey: PublicKeyHex,
    transaction: Transaction,
  ): Promise<ServerShare | undefined> {
    const found = statementsOf(transaction).first<{ id: string }>(FIND_OWNED[name], clientId, publicKey, ownerId);
    if (found === undefined) return undefined;
    return toServerShare(await managerOf(transaction).findOneByOrFail(ServerShareRow, { id: found.id }));
  }

  /** What is lent to somebody, of a wallet, with this key; of several, the one that was used last. */
  async findLent(
    { recipient, clientId }: { readonly recipient: UserId; readonly clientId: ClientId },
    name: keyof typeof FIND_LENT,
    publicKey: PublicKeyHex,
    transaction: Transaction,
  ): Promise<ServerShare | undefined> {
    const found = statementsOf(transaction).first<{ id: string }>(FIND_LENT[name], clientId, publicKey, recipient);
    if (found === undefined) return undefined;
    return toServerShare(await managerOf(transaction).findOneByOrFail(ServerShareRow, { id: found.id }));
  }

  /** To nobody when `recipient` is undefined. */
  async lend(id: string, recipient: UserId | undefined, transaction: Transaction): Promise<void> {
    await this.#change(id, { lentTo: recipient ?? null }, transaction);
  }

  /** The owner's, for one wallet, the most recently used first. */
  async listOwnedBy(ownerId: UserId, clientId: ClientId, transaction: Transaction): Promise<ServerShare[]> {
    const rows = await managerOf(transaction).find(ServerShareRow, {
      where: { ownerId, clientId },
      order: { lastUsedAtSeconds: 'DESC', createdAtSeconds: 'DESC', id: 'ASC' },
    });
    return rows.map(toServerShare);
  }

  /** Whether its secret has been overwritten. */
  async isErased(id: string, transaction: Transaction): Promise<boolean> {
    const { sealedServerShare } = await managerOf(transaction).findOneByOrFail(ServerShareRow, { id });
    return sealedServerShare.byteLength === 0;
  }

  /** Keeps one more name of it, in place of the one before. */
  async rename(id: string, setupPublicKey: PublicKeyHex, transaction: Transaction): Promise<void> {
    await this.#change(id, { setupPublicKey }, transaction);
  }

  /** Revokes for good: the secret is overwritten with nothing (`secure_delete`). Reads no policy, and trusts no row. */
  async revoke(id: string, transaction: Transaction): Promise<void> {
    const change = { terms: () => REVOKED_TERMS, sealedServerShare: ERASED };
    await this.rows.restrict(COVERED_SHARES, [id], transaction, async () => {
      await managerOf(transaction).update(ServerShareRow, { id }, change);
      requireOneRow(transaction);
    });
  }

  /** The oldest of those that expired by then and still have a secret. */
  // Async, though SQLite needs no promise: use cases wait for it as for any other read.
  async unerasedUntil(latestSeconds: number, most: number, transaction: Transaction): Promise<readonly DueShare[]> {
    const rows = statementsOf(transaction).all<DueRow>(FIND_UNERASED, latestSeconds, most);
    const due = rows.map((row) => ({
      id: row.id,
      ownerId: row.owner_id as UserId,
      clientId: row.client_id as ClientId,
      userPublicKeyHex: row.user_public_key as PublicKeyHex,
    }));
    return Promise.resolve(due);
  }

  /** Overwrites the secret of a split key that has expired. */
  async erase(id: string, transaction: Transaction): Promise<void> {
    await managerOf(transaction).update(ServerShareRow, { id }, { sealedServerShare: ERASED });
    requireOneRow(transaction);
  }

  /** Throws `RECORD.ALTERED`. */
  #change(
    id: string,
    change: Partial<Pick<ServerShareRow, 'lentTo' | 'setupPublicKey'>>,
    transaction: Transaction,
  ): Promise<void> {
    return this.rows.change(COVERED_SHARES, [id], transaction, async () => {
      await managerOf(transaction).update(ServerShareRow, { id }, change);
      requireOneRow(transaction);
    });
  }

  async deleteOwnedBy(ownerId: UserId, clientId: ClientId, transaction: Transaction): Promise<void> {
    await managerOf(transaction).delete(ServerShareRow, { ownerId, clientId });
    this.rows.removed(COVERED_SHARES, { ownerId, clientId });
    // There may have been none: ZAuth can be told to delete them by itself.
    const left = await managerOf(transaction).countBy(ServerShareRow, { ownerId, clientId });
    if (left > 0) throw new Error('server shares were not deleted');
  }
}
