import { Injectable } from '@nestjs/common';
import type { Action } from '../../audit/action.js';
import { recordedOperations } from '../../audit/audit-facts.js';
import { RecordedWork } from '../../audit/recorded-work.js';
import type { TokenActor } from '../../identity/actor.js';
import type { ClientId, PublicKeyHex } from '../../crypto/key-names.js';
import { withList } from '../../restrictions/policy/policy-and-list.js';
import type { Policy } from '../../restrictions/policy/policy.js';
import type { RestrictionList } from '../../restrictions/restriction-list.js';
import { FindOwned } from '../persistence/find-owned.js';
import { ChangeTerms } from '../terms/change-terms.js';

@Injectable()
export class RestrictShare {
  static readonly action = 'restrict-share' satisfies Action;

  constructor(
    private readonly recorded: RecordedWork,
    private readonly findOwned: FindOwned,
    private readonly terms: ChangeTerms,
  ) {}

  /**
   * Replaces the operations of its policy, in ZVault too if it made the split key. Throws `SPLIT_KEY.UNKNOWN`,
   * `POLICY.UNREADABLE`, and `MalformedPolicyError` when the policy could then never hold.
   */
  execute(
    actor: TokenActor,
    clientId: ClientId,
    publicKey: PublicKeyHex,
    restrictions: RestrictionList,
  ): Promise<void> {
    return this.recorded.write(actor, RestrictShare.action, async (transaction) => {
      const share = await this.findOwned.byEitherKey(actor, clientId, publicKey, transaction);
      const change = (policy: Policy): Policy => withList(policy, restrictions);
      const { before, after } = await this.terms.change(share, actor.userId, change, transaction);
      const facts = { restrictions: { before: recordedOperations(before), after: recordedOperations(after) } };
      const subject = { clientId, publicKeyHex: share.userPublicKeyHex, facts };
      return { result: undefined, subject };
    });
  }
}
