import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../clock/clock.js';
import { SealedValueError } from '../../crypto/sealing/sealed-value-error.js';
import type { Sealer } from '../../crypto/sealing/sealer.js';
import type { PublicKeyHex } from '../../crypto/key-names.js';
import type { SecretBytes } from '../../crypto/secret-bytes.js';
import { VAULT_SEALER } from '../injection-tokens.js';
import { statementsOf } from '../../database/open-transaction.js';
import { columnsOf } from '../../database/rows/covered-table.js';
import type { CoveredRow } from '../../database/rows/covered-table.js';
import { RowGuard } from '../../database/rows/row-guard.js';
import { COVERED_SPLIT_KEYS } from './covered-tables.js';
import { OrderedRows } from '../../database/ordered-rows.js';
import type { OrderedTable } from '../../database/ordered-rows.js';
import { SqliteUnitOfWork } from '../../database/sqlite-unit-of-work.js';
import type { Statements } from '../../database/statements.js';
import type { Place } from '../../database/list-window.js';
import { WalletQuestions } from '../../events/wallet-questions.js';
import type { UserId } from '../../identity/user-id.js';
import { ServiceSeal } from '../../readiness/service-seal.js';
import { isDead } from '../domain/split-key.js';
import type { ListedSplitKey, SplitKey } from '../domain/split-key.js';
import type { ListedEntry, StoredList } from '../lists/listings.js';
import { DamagedRows } from './damaged-rows.js';
import type { SplitKeyRow } from './split-key.entity.js';
import { placeOfUserShare, toSplitKey } from './split-key-mapping.js';
import { sqliteList } from './sqlite-list.js';

/** What a row may sign is not asked: no list shows it, and a damaged one would hide the row. */
type ListedRow = Omit<SplitKeyRow, 'terms' | 'version' | 'mac'> & CoveredRow;

/** What the code of a row is checked over, beside all that is shown of it: no row is read twice. */
const CHECKED = columnsOf(COVERED_SPLIT_KEYS);

const COLUMNS = [
  CHECKED,
  'wallet_id AS walletId',
  'owner_id AS ownerId',
  'client_id AS clientId',
  'client_key AS clientKey',
  'user_public_key AS userPublicKey',
  'server_public_key AS serverPublicKey',
  'sealed_user_share AS sealedUserShare',
  'shared_to AS sharedTo',
  'shared_at AS sharedAtSeconds',
  'declined_at AS declinedAtSeconds',
  'is_revoked AS isRevoked',
  'created_at AS createdAtSeconds',
  'expires_at AS expiresAtSeconds',
];

const OF_A_WALLET = { table: 'vault_split_keys', scope: 'wallet_id', order: ['position'] };

const SHARED_TO_A_USER = {
  table: 'vault_split_keys',
  scope: 'shared_to',
  only: 'shared_to IS NOT NULL AND declined_at = 0',
  order: ['shared_at', 'wallet_id', 'position'],
};

/** What is read of a list for its entries, and what for the record, which says whose user shares it shows. */
interface Rows {
  readonly listed: OrderedRows<ListedRow>;
  readonly named: OrderedRows<NamedRow>;
}

type NamedRow = Pick<SplitKeyRow, 'id' | 'userPublicKey' | 'isRevoked' | 'expiresAtSeconds'> & CoveredRow;

function rowsOf(list: Omit<OrderedTable, 'columns'>): Rows {
  const named = [
    CHECKED,
    'user_public_key AS userPublicKey',
    'is_revoked AS isRevoked',
    'expires_at AS expiresAtSeconds',
  ];
  return {
    listed: new OrderedRows<ListedRow>({ ...list, columns: COLUMNS }),
    named: new OrderedRows<NamedRow>({ ...list, columns: named }),
  };
}

const WALLET_ROWS = rowsOf(OF_A_WALLET);
const SHARED_ROWS = rowsOf(SHARED_TO_A_USER);

/** SQLite's word for no limit. */
const ALL = -1;

/** Lists of split keys, the oldest, or what was lent first, first, with their sealed user shares. */
@Injectable()
export class SplitKeyLists {
  constructor(
    @Inject(VAULT_SEALER) private readonly sealer: Sealer,
    private readonly unitOfWork: SqliteUnitOfWork,
    private readonly clock: Clock,
    private readonly damaged: DamagedRows,
    private readonly seal: ServiceSeal,
    private readonly questions: WalletQuestions<Statements>,
    private readonly guard: RowGuard,
  ) {}

  ofWallet(walletId: string): StoredList<ListedSplitKey> {
    return this.#list(WALLET_ROWS, walletId, ({ position }) => [position]);
  }

  sharedTo(userId: UserId): StoredList<ListedSplitKey> {
    return this.#list(SHARED_ROWS, userId, ({ sharedAtSeconds, walletId, position }) => [
      sharedAtSeconds,
      walletId,
      position,
    ]);
  }

  #list({ listed, named }: Rows, list: string, placeOf: (row: ListedRow) => Place): StoredList<ListedSplitKey> {
    // One moment for the whole list: what the record says is shown, and what is.
    const now = this.clock.nowSeconds();
    const entries = (statements: Statements): ((row: ListedRow) => ListedEntry<ListedSplitKey>) => {
      const frozenAt = this.#frozenAt(statements);
      return (row) => {
        const splitKey = toSplitKey(row);
        const isShown = this.#isIntact(row) && !isDead(splitKey, now);
        const openUserShare = (): SecretBytes | undefined =>
          isShown ? this.#open(row.sealedUserShare, splitKey) : undefined;
        return { entry: { splitKey, frozenAtSeconds: frozenAt(splitKey), openUserShare }, place: placeOf(row) };
      };
    };
    return {
      ...sqliteList(listed, list, entries, this.unitOfWork),
      // Async, though SQLite needs no promise: lists wait for it as for any other read in a transaction.
      handsOut: async (range, transaction) => {
        this.seal.demandOpen();
        const rows = named.slice(list, { ...range, most: ALL }, statementsOf(transaction));
        const live = rows.filter(
          (row) => !isDead({ ...row, isRevoked: row.isRevoked !== 0 }, now) && this.#isIntact(row),
        );
        return Promise.resolve(live.map(({ userPublicKey }) => userPublicKey as PublicKeyHex));
      },
    };
  }

  /** Of a row into which somebody wrote no share is shown; its owner sees that it is there. */
  #isIntact(row: CoveredRow & { readonly id: string }): boolean {
    return this.guard.isIntact(COVERED_SPLIT_KEYS, [row.id], row);
  }

  /** Asked once for each wallet of a slice: a list of one wallet's split keys is of one freeze. */
  #frozenAt(statements: Statements): (of: Pick<SplitKey, 'ownerId' | 'clientId'>) => number | undefined {
    const known = new Map<string, number | undefined>();
    return ({ ownerId, clientId }) => {
      const wallet = `${clientId} ${ownerId}`;
      if (!known.has(wallet)) known.set(wallet, this.questions.frozenAt(ownerId, clientId, statements));
      return known.get(wallet);
    };
  }

  /** A share that does not open hinders no other: its entry has none, and the operator hears of it. */
  #open(sealed: Uint8Array, splitKey: SplitKey): SecretBytes | undefined {
    try {
      return this.sealer.open(sealed, placeOfUserShare(splitKey));
    } catch (error) {
      if (!(error instanceof SealedValueError)) throw error;
      this.damaged.found('vault_split_keys', splitKey.id);
      return undefined;
    }
  }
}
