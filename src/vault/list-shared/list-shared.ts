import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit/audit-trail.js';
import type { TokenActor } from '../../identity/actor.js';
import type { SlicedList } from '../../database/sliced-list.js';
import type { ListedSplitKey } from '../domain/split-key.js';
import { Listings } from '../lists/listings.js';
import type { WantedPage } from '../lists/listings.js';
import { SplitKeyLists } from '../persistence/split-key-lists.js';

@Injectable()
export class ListShared {
  constructor(
    private readonly listings: Listings,
    private readonly splitKeys: SplitKeyLists,
    private readonly audit: AuditTrail,
  ) {}

  /** The split keys that others lent to the caller, oldest first. Throws as `Listings.open`. */
  execute(actor: TokenActor, page: WantedPage): Promise<SlicedList<ListedSplitKey>> {
    return this.listings.open({ kind: 'shared', of: actor.userId }, page, async (transaction) => {
      await this.audit.approve(actor, 'list-shared', {}, transaction);
      return this.splitKeys.sharedTo(actor.userId);
    });
  }
}
