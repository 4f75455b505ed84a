import { Injectable } from '@nestjs/common';
import type { Action } from '../../audit/action.js';
import { recordedOperations } from '../../audit/audit-facts.js';
import { RecordedWork } from '../../audit/recorded-work.js';
import type { TokenActor } from '../../identity/actor.js';
import type { ClientId, PublicKeyHex } from '../../crypto/key-names.js';
import { unknownSplitKey } from '../../errors/split-key-errors.js';
import { EventBus } from '../../events/event-bus.js';
import { withList } from '../../restrictions/policy/policy-and-list.js';
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

  /**
   * Replaces the operations of its policy in both halves; the next signature is decided by it. Throws
   * `SPLIT_KEY.UNKNOWN`, `POLICY.UNREADABLE`, and `MalformedPolicyError` when the policy could then never hold.
   */
  execute(
    actor: TokenActor,
    clientId: ClientId,
    publicKey: PublicKeyHex,
    restrictions: RestrictionList,
  ): Promise<void> {
    return this.recorded.write(actor, RestrictKey.action, async (transaction) => {
      const splitKey = await this.splitKeys.find(actor.userId, publicKey, transaction);
      if (splitKey?.clientId !== clientId) throw unknownSplitKey();
      const before = await this.splitKeys.policyOf(splitKey.id, transaction);
      const policy = withList(before, restrictions);
      await this.splitKeys.setPolicy(splitKey, policy, transaction);
      const { ownerId, userPublicKeyHex } = splitKey;
      await this.events.publish(
        { type: 'SplitKeyTermsChanged', ownerId, clientId, userPublicKeyHex, change: { policy } },
        transaction,
      );
      const facts = { restrictions: { before: recordedOperations(before), after: recordedOperations(policy) } };
      const subject = { clientId, publicKeyHex: userPublicKeyHex, facts };
      return { result: undefined, subject };
    });
  }
}
