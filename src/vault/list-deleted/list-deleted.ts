import { Injectable } from '@nestjs/common';
import type { Action } from '../../audit/action.js';
import type { TokenActor } from '../../identity/actor.js';
import type { SlicedList } from '../../database/sliced-list.js';
import type { PendingWallet } from '../domain/wallet.js';
import { Listings } from '../lists/listings.js';
import type { WantedPage } from '../lists/listings.js';
import { PendingWallets } from '../persistence/pending-wallets.js';

@Injectable()
export class ListDeleted {
  static readonly action = 'list-deleted' satisfies Action;

  constructor(
    private readonly listings: Listings,
    private readonly pending: PendingWallets,
  ) {}

  /** The caller's own that can still be brought back, the first to go first. Throws as `Listings.open`. */
  execute(actor: TokenActor, page: WantedPage): Promise<SlicedList<PendingWallet>> {
    const name = { kind: 'deleted', of: actor.userId } as const;
    return this.listings.open(actor, ListDeleted.action, { name, page }, () =>
      Promise.resolve({ result: this.pending.ownedBy(actor.userId), subject: {} }),
    );
  }
}
