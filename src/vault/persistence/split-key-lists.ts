import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../clock/clock.js';
import { SealedValueError } from '../../crypto/sealing/sealed-value-error.js';
import type { Sealer } from '../../crypto/sealing/sealer.js';
import type { SecretBytes } from '../../crypto/secret-bytes.js';
import { VAULT_SEALER } from '../injection-tokens.js';
import { OrderedRows } from '../../database/ordered-rows.js';
import { SqliteUnitOfWork } from '../../database/sqlite-unit-of-work.js';
import type { Place } from '../../database/list-window.js';
import type { UserId } from '../../identity/user-id.js';
import { isDead as isDeadNow } from '../domain/split-key.js';
import type { ListedSplitKey } from '../domain/split-key.js';
import type { ListedEntry, StoredList } from '../lists/listings.js';
import { DamagedRows } from './damaged-rows.js';
import type { SplitKeyRow } from './split-key.entity.js';
import { placeOfUserShare, toSplitKey } from './split-key-mapping.js';
import { sqliteList } from './sqlite-list.js';

/** What a row may sign is not asked: no list shows it, and a damaged one would hide the row. */
type ListedRow = Omit<SplitKeyRow, 'restrictions'>;

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
  'shared_to AS sharedTo',
  'is_revoked AS isRevoked',
  'created_at AS createdAtSeconds',
  'expires_at AS expiresAtSeconds',
];

const OF_A_WALLET = new OrderedRows<ListedRow>({
  table: 'vault_split_keys',
  scope: 'wallet_id',
  order: ['position'],
  columns: COLUMNS,
});

const SHARED_TO_A_USER = new OrderedRows<ListedRow>({
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
    private readonly clock: Clock,
    private readonly damaged: DamagedRows,
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

  #list(rows: OrderedRows<ListedRow>, list: string, placeOf: (row: ListedRow) => Place): StoredList<ListedSplitKey> {
    const listed = (row: ListedRow): ListedEntry<ListedSplitKey> => ({
      entry: this.#listed(row),
      place: placeOf(row),
    });
    return sqliteList(rows, list, listed, this.unitOfWork);
  }

  #listed(row: ListedRow): ListedSplitKey {
    const splitKey = toSplitKey(row);
    const isDead = isDeadNow(splitKey, this.clock.nowSeconds());
    return { splitKey, openUserShare: () => (isDead ? undefined : this.#open(row)) };
  }

  /** A share that does not open hinders no other: its entry has none, and the operator hears of it. */
  #open({ id, sealedUserShare }: ListedRow): SecretBytes | undefined {
    try {
      return this.sealer.open(sealedUserShare, placeOfUserShare(id));
    } catch (error) {
      if (!(error instanceof SealedValueError)) throw error;
      this.damaged.found('vault_split_keys', id);
      return undefined;
    }
  }
}
