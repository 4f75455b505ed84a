import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit/audit-trail.js';
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
  constructor(
    private readonly listings: Listings,
    private readonly wallets: WalletRepository,
    private readonly splitKeys: SplitKeyLists,
    private readonly audit: AuditTrail,
  ) {}

  /** Oldest first; none for a wallet that is unknown or another's. Throws as `Listings.open`. */
  execute(actor: TokenActor, clientId: ClientId, page: WantedPage): Promise<SlicedList<ListedSplitKey>> {
    const name = { kind: 'keys', of: `${clientId} ${actor.userId}` } as const;
    return this.listings.open(name, page, async (transaction) => {
      const wallet = await this.wallets.find(actor.userId, clientId, transaction);
      await this.audit.approve(actor, 'list-keys', { clientId }, transaction);
      return wallet === undefined ? undefined : this.splitKeys.ofWallet(wallet.id);
    });
  }
}
