import { Injectable } from '@nestjs/common';
import type { Action } from '../../audit/action.js';
import type { TokenActor } from '../../identity/actor.js';
import type { SlicedList } from '../../database/sliced-list.js';
import type { ListedWallet } from '../domain/wallet.js';
import { Listings } from '../lists/listings.js';
import type { WantedPage } from '../lists/listings.js';
import { WalletRepository } from '../persistence/wallet.repository.js';

@Injectable()
export class ListWallets {
  static readonly action = 'list-wallets' satisfies Action;

  constructor(
    private readonly listings: Listings,
    private readonly wallets: WalletRepository,
  ) {}

  /** The caller's own, oldest first. Throws as `Listings.open`. */
  execute(actor: TokenActor, page: WantedPage): Promise<SlicedList<ListedWallet>> {
    const name = { kind: 'wallets', of: actor.userId } as const;
    return this.listings.open(actor, ListWallets.action, { name, page }, () =>
      Promise.resolve({ result: this.wallets.ownedBy(actor.userId), subject: {} }),
    );
  }
}
