import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit/audit-trail.js';
import type { TokenActor } from '../../identity/actor.js';
import type { SlicedList } from '../../http/lists/list-answers.js';
import type { PageAsked } from '../../http/lists/page-query.js';
import type { Wallet } from '../domain/wallet.js';
import { Listings } from '../lists/listings.js';
import { WalletRepository } from '../persistence/wallet.repository.js';

@Injectable()
export class ListWallets {
  constructor(
    private readonly listings: Listings,
    private readonly wallets: WalletRepository,
    private readonly audit: AuditTrail,
  ) {}

  /** The caller's own, oldest first. Throws as `Listings.open`. */
  execute(actor: TokenActor, page: PageAsked): Promise<SlicedList<Wallet>> {
    return this.listings.open({ kind: 'wallets', of: actor.userId }, page, async (transaction) => {
      await this.audit.approve(actor, 'list-wallets', {}, transaction);
      return this.wallets.ownedBy(actor.userId);
    });
  }
}
