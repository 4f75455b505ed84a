import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit/audit-trail.js';
import type { TokenActor } from '../../identity/actor.js';
import type { SlicedList } from '../../database/sliced-list.js';
import type { Wallet } from '../domain/wallet.js';
import { Listings } from '../lists/listings.js';
import type { WantedPage } from '../lists/listings.js';
import { WalletRepository } from '../persistence/wallet.repository.js';

@Injectable()
export class ListWallets {
  constructor(
    private readonly listings: Listings,
    private readonly wallets: WalletRepository,
    private readonly audit: AuditTrail,
  ) {}

  /** The caller's own, oldest first. Throws as `Listings.open`. */
  execute(actor: TokenActor, page: WantedPage): Promise<SlicedList<Wallet>> {
    return this.listings.open({ kind: 'wallets', of: actor.userId }, page, async (transaction) => {
      await this.audit.approve(actor, 'list-wallets', {}, transaction);
      return this.wallets.ownedBy(actor.userId);
    });
  }
}
