import { Injectable } from '@nestjs/common';
import type { Action } from '../../audit/action.js';
import { RecordedWork } from '../../audit/recorded-work.js';
import type { TokenActor } from '../../identity/actor.js';
import type { ClientId } from '../../crypto/key-names.js';
import { unknownSplitKey } from '../../errors/split-key-errors.js';
import { EventBus } from '../../events/event-bus.js';
import { namesOf } from '../domain/server-share.js';
import { ServerShareRepository } from '../persistence/server-share.repository.js';

@Injectable()
export class DeleteShares {
  static readonly action = 'delete-shares' satisfies Action;

  constructor(
    private readonly recorded: RecordedWork,
    private readonly shares: ServerShareRepository,
    private readonly events: EventBus,
  ) {}

  /**
   * Deletes the caller's server shares of a wallet. Split keys of ZVault's among them can sign no more, so ZVault
   * shows them revoked. Throws `SPLIT_KEY.UNKNOWN` when there are none.
   */
  execute(actor: TokenActor, clientId: ClientId): Promise<void> {
    return this.recorded.write(actor, DeleteShares.action, async (transaction) => {
      const owned = await this.shares.listOwnedBy(actor.userId, clientId, transaction);
      if (owned.length === 0) throw unknownSplitKey();
      await this.shares.deleteOwnedBy(actor.userId, clientId, transaction);
      for (const share of owned) {
        await this.events.publish(
          { type: 'ServerShareTermsChanged', ...namesOf(share), change: 'revoked' },
          transaction,
        );
      }
      return { result: undefined, subject: { clientId } };
    });
  }
}
