import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../../clock/clock.js';
import type { Transaction } from '../../database/transaction.js';
import type { OwnedSplitKey, ServerShareOffered } from '../../events/domain-events.js';
import { EventBus } from '../../events/event-bus.js';
import { assertUsable, namesOf, recipientOf } from '../domain/split-key.js';
import type { SplitKey } from '../domain/split-key.js';
import { SplitKeyRepository } from '../persistence/split-key.repository.js';

/** What ZAuth was told about a split key that ZVault made, ZVault shows too, in the same transaction. */
@Injectable()
export class FollowAuth implements OnModuleInit {
  constructor(
    private readonly events: EventBus,
    private readonly splitKeys: SplitKeyRepository,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.events.on('ServerShareOffered', (event, transaction) => this.judgeOffer(event, transaction));
    this.events.on('ServerShareTermsChanged', ({ change, ...of }, transaction) =>
      this.ifMadeHere(of, transaction, (splitKey) =>
        change === 'revoked'
          ? this.splitKeys.revoke(splitKey.id, transaction)
          : this.splitKeys.setPolicy(splitKey, change.policy, transaction),
      ),
    );
    this.events.on('ServerShareErased', (event, transaction) =>
      this.ifMadeHere(event, transaction, ({ id }) => this.splitKeys.eraseUserShare(id, transaction)),
    );
  }

  /**
   * A split key that ZVault shows as dead stays so, whoever knows its server share. Throws `SPLIT_KEY.REVOKED` or
   * `SPLIT_KEY.EXPIRED`. One that lives gets the policy of the offer, and ZAuth hears
   * to whom it is lent.
   */
  private judgeOffer(offer: ServerShareOffered, transaction: Transaction): Promise<void> {
    return this.ifMadeHere(offer, transaction, async (splitKey) => {
      assertUsable(splitKey, this.clock.nowSeconds());
      await this.splitKeys.setPolicy(splitKey, offer.policy, transaction);
      const recipient = recipientOf(splitKey);
      if (recipient === undefined) return;
      await this.events.publish({ type: 'SplitKeyLent', ...namesOf(splitKey), recipient }, transaction);
    });
  }

  /** What was made elsewhere ZVault does not know, nor does it know what is another owner's. */
  private async ifMadeHere(
    of: OwnedSplitKey,
    transaction: Transaction,
    change: (splitKey: SplitKey) => Promise<void>,
  ): Promise<void> {
    const splitKey = await this.splitKeys.findOwned(of, transaction);
    if (splitKey !== undefined) await change(splitKey);
  }
}
