import { Injectable } from '@nestjs/common';
import type { Action } from '../../audit/action.js';
import { recordedList } from '../../audit/audit-facts.js';
import { RecordedWork } from '../../audit/recorded-work.js';
import type { TokenActor } from '../../identity/actor.js';
import type { ClientId, PublicKeyHex } from '../../crypto/key-names.js';
import { unknownSplitKey } from '../../errors/split-key-errors.js';
import { EventBus } from '../../events/event-bus.js';
import type { RestrictionList } from '../../restrictions/restriction-list.js';
import { SplitKeyRepository } from '../persistence/split-key.repository.js';

@Injectable()
export class RestrictKey {
  static readonly action = 'restrict-key' satisfies Action;

  constructor(
    private readonly recorded: RecordedWork,
    private readonly splitKeys: SplitKeyRepository,
    private readonly events: EventBus,
  ) {}

  /** Replaces the list in both halves; the next signature is decided by it. Throws `SPLIT_KEY.UNKNOWN`. */
  execute(
    actor: TokenActor,
    clientId: ClientId,
    publicKey: PublicKeyHex,
    restrictions: RestrictionList,
  ): Promise<void> {
    return this.recorded.write(actor, RestrictKey.action, async (transaction) => {
      const splitKey = await this.splitKeys.find(actor.userId, publicKey, transaction);
      if (splitKey?.clientId !== clientId) throw unknownSplitKey();
      const before = await this.splitKeys.restrictionsOf(splitKey.id, transaction);
      await this.splitKeys.restrict(splitKey.id, restrictions, transaction);
      const { ownerId, userPublicKeyHex } = splitKey;
      await this.events.publish(
        { type: 'SplitKeyRestricted', ownerId, clientId, userPublicKeyHex, restrictions },
        transaction,
      );
      const facts = { restrictions: { before: recordedList(before), after: recordedList(restrictions) } };
      const subject = { clientId, publicKeyHex: userPublicKeyHex, facts };
      return { result: undefined, subject };
    });
  }
}
