import { Injectable } from '@nestjs/common';
import type { Action } from '../../audit/action.js';
import { knownClientId } from '../../audit/known-wallets.js';
import type { TokenActor } from '../../identity/actor.js';
import type { ClientId } from '../../crypto/key-names.js';
import type { SlicedList } from '../../database/sliced-list.js';
import type { ListedSplitKey } from '../domain/split-key.js';
import { Listings } from '../lists/listings.js';
import type { WantedPage } from '../lists/listings.js';
import { SplitKeyLists } from '../persistence/split-key-lists.js';
import { WalletRepository } from '../persistence/wallet.repository.js';

@Injectable()
export class ListKeys {
  static readonly action = 'list-keys' satisfies Action;

  constructor(
    private readonly listings: Listings,
    private readonly wallets: WalletRepository,
    private readonly splitKeys: SplitKeyLists,
  ) {}

  /** Oldest first; none for a wallet that is unknown or another's. Throws as `Listings.open`. */
  execute(actor: TokenActor, clientId: ClientId, page: WantedPage): Promise<SlicedList<ListedSplitKey>> {
    const name = { kind: 'keys', of: `${clientId} ${actor.userId}` } as const;
    return this.listings.open(actor, ListKeys.action, { name, page }, async (transaction) => {
      const wallet = await this.wallets.find(actor.userId, clientId, transaction);
      const list = wallet === undefined ? undefined : this.splitKeys.ofWallet(wallet.id);
      return { result: list, subject: { clientId: wallet?.clientId ?? knownClientId(clientId, transaction) } };
    });
  }
}
