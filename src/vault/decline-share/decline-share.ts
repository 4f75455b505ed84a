import { Injectable } from '@nestjs/common';
import type { Action } from '../../audit/action.js';
import { RecordedWork } from '../../audit/recorded-work.js';
import { Clock } from '../../clock/clock.js';
import type { ClientId, PublicKeyHex } from '../../crypto/key-names.js';
import { unknownSplitKey } from '../../errors/split-key-errors.js';
import { EventBus } from '../../events/event-bus.js';
import type { TokenActor } from '../../identity/actor.js';
import { LentKeys } from '../persistence/lent-keys.js';

/** What is declined: the named split key, or with it all that its owner lends or will ever lend. */
export interface Declined {
  readonly clientId: ClientId;
  readonly publicKey: PublicKeyHex;
  readonly what: 'this' | 'all';
}

@Injectable()
export class DeclineShare {
  static readonly action = 'decline-share' satisfies Action;

  constructor(
    private readonly recorded: RecordedWork,
    private readonly lent: LentKeys,
    private readonly events: EventBus,
    private readonly clock: Clock,
  ) {}

  /**
   * Takes what was lent to the caller out of their list, for good: its owner cannot lend it to them again. It is revoked
   * by that no more than it was. Again is fine. Throws `SPLIT_KEY.UNKNOWN`.
   */
  execute(actor: TokenActor, { clientId, publicKey, what }: Declined): Promise<void> {
    return this.recorded.write(actor, DeclineShare.action, async (transaction) => {
      const splitKey = await this.lent.find(actor.userId, clientId, publicKey, transaction);
      if (splitKey === undefined) throw unknownSplitKey();
      const nowSeconds = this.clock.nowSeconds();
      for (const names of await this.lent.decline(actor.userId, splitKey, { what, nowSeconds }, transaction)) {
        await this.events.publish({ type: 'SplitKeyLent', ...names, recipient: undefined }, transaction);
      }
      const facts = { declined: what, owner: splitKey.ownerId };
      return { result: undefined, subject: { clientId, publicKeyHex: splitKey.userPublicKeyHex, facts } };
    });
  }
}
