import { Injectable } from '@nestjs/common';
import type { Action } from '../../audit/action.js';
import type { TokenActor } from '../../identity/actor.js';
import type { SlicedList } from '../../database/sliced-list.js';
import type { ListedSplitKey } from '../domain/split-key.js';
import { Listings } from '../lists/listings.js';
import type { WantedPage } from '../lists/listings.js';
import { SplitKeyLists } from '../persistence/split-key-lists.js';

@Injectable()
export class ListShared {
  static readonly action = 'list-shared' satisfies Action;

  constructor(
    private readonly listings: Listings,
    private readonly splitKeys: SplitKeyLists,
  ) {}

  /** The split keys that others lent to the caller, in the order in which they were lent. Throws as `Listings.open`. */
  execute(actor: TokenActor, page: WantedPage): Promise<SlicedList<ListedSplitKey>> {
    const name = { kind: 'shared', of: actor.userId } as const;
    return this.listings.open(actor, ListShared.action, { name, page }, () =>
      Promise.resolve({ result: this.splitKeys.sharedTo(actor.userId), subject: {} }),
    );
  }
}
