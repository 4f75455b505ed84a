import { Injectable } from '@nestjs/common';
import type { Action } from '../../audit/action.js';
import { recordedList } from '../../audit/audit-facts.js';
import { RecordedWork } from '../../audit/recorded-work.js';
import type { TokenActor } from '../../identity/actor.js';
import type { ClientId, PublicKeyHex } from '../../crypto/key-names.js';
import { EventBus } from '../../events/event-bus.js';
import type { RestrictionList } from '../../restrictions/restriction-list.js';
import { namesOf } from '../domain/server-share.js';
import { FindOwned } from '../persistence/find-owned.js';
import { ServerShareRepository } from '../persistence/server-share.repository.js';

@Injectable()
export class RestrictShare {
  static readonly action = 'restrict-share' satisfies Action;

  constructor(
    private readonly recorded: RecordedWork,
    private readonly findOwned: FindOwned,
    private readonly shares: ServerShareRepository,
    private readonly events: EventBus,
  ) {}

  /** Replaces the list, in ZVault too if it made the split key. Throws `SPLIT_KEY.UNKNOWN`. */
  execute(
    actor: TokenActor,
    clientId: ClientId,
    publicKey: PublicKeyHex,
    restrictions: RestrictionList,
  ): Promise<void> {
    return this.recorded.write(actor, RestrictShare.action, async (transaction) => {
      const share = await this.findOwned.byEitherKey(actor, clientId, publicKey, transaction);
      const before = await this.shares.restrictionsOf(share.id, transaction);
      await this.shares.restrict(share.id, restrictions, transaction);
      await this.events.publish({ type: 'ServerShareRestricted', ...namesOf(share), restrictions }, transaction);
      const facts = { restrictions: { before: recordedList(before), after: recordedList(restrictions) } };
      const subject = { clientId, publicKeyHex: share.userPublicKeyHex, facts };
      return { result: undefined, subject };
    });
  }
}
