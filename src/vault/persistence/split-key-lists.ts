import { Inject, Injectable } from '@nestjs/common';
import type { Sealer } from '../../crypto/sealing/sealer.js';
import { VAULT_SEALER } from '../injection-tokens.js';
import { OrderedRows } from '../../database/ordered-rows.js';
import { SqliteUnitOfWork } from '../../database/sqlite-unit-of-work.js';
import type { Place } from '../../database/list-window.js';
import type { UserId } from '../../identity/user-id.js';
import type { ListedSplitKey } from '../domain/split-key.js';
import type { ListedEntry, StoredList } from '../lists/listings.js';
import type { SplitKeyRow } from './split-key.entity.js';
import { placeOfUserShare, toSplitKey } from './split-key-mapping.js';
import { sqliteList } from './sqlite-list.js';

const COLUMNS = [
  'id',
  'wallet_id AS walletId',
  'position',
  'owner_id AS ownerId',
  'client_id AS clientId',
  'client_key AS clientKey',
  'user_public_key AS userPublicKey',
  'server_public_key AS serverPublicKey',
  'sealed_user_share AS sealedUserShare',
  'restrictions',
  'shared_to AS sharedTo',
  'is_revoked AS isRevoked',
  'created_at AS createdAtSeconds',
  'expires_at AS expiresAtSeconds',
];

const OF_A_WALLET = new OrderedRows<SplitKeyRow>({
  table: 'vault_split_keys',
  scope: 'wallet_id',
  order: ['position'],
  columns: COLUMNS,
});

const SHARED_TO_A_USER = new OrderedRows<SplitKeyRow>({
  table: 'vault_split_keys',
  scope: 'shared_to',
  order: ['created_at', 'wallet_id', 'position'],
  columns: COLUMNS,
});

/** Lists of split keys, oldest first, with their sealed user shares. */
@Injectable()
export class SplitKeyLists {
  constructor(
    @Inject(VAULT_SEALER) private readonly sealer: Sealer,
    private readonly unitOfWork: SqliteUnitOfWork,
  ) {}

  ofWallet(walletId: string): StoredList<ListedSplitKey> {
    return this.#list(OF_A_WALLET, walletId, ({ position }) => [position]);
  }

  sharedTo(userId: UserId): StoredList<ListedSplitKey> {
    return this.#list(SHARED_TO_A_USER, userId, ({ createdAtSeconds, walletId, position }) => [
      createdAtSeconds,
      walletId,
      position,
    ]);
  }

  #list(
    rows: OrderedRows<SplitKeyRow>,
    list: string,
    placeOf: (row: SplitKeyRow) => Place,
  ): StoredList<ListedSplitKey> {
    const listed = (row: SplitKeyRow): ListedEntry<ListedSplitKey> => ({
      entry: this.#listed(row),
      place: placeOf(row),
    });
    return sqliteList(rows, list, listed, this.unitOfWork);
  }

  #listed(row: SplitKeyRow): ListedSplitKey {
    return {
      splitKey: toSplitKey(row),
      openUserShare: () => this.sealer.open(row.sealedUserShare, placeOfUserShare(row.id)),
    };
  }
}
