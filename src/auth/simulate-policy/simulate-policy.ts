import { Injectable } from '@nestjs/common';
import type { Action } from '../../audit/action.js';
import { SigningHistory } from '../../audit/signing-history.js';
import type { ClientId, PublicKeyHex } from '../../crypto/key-names.js';
import { unknownSplitKey } from '../../errors/split-key-errors.js';
import type { TokenActor } from '../../identity/actor.js';
import { Metrics } from '../../metrics/metrics.js';
import type { Policy } from '../../restrictions/policy/policy.js';
import { countedShare, scopesOf } from '../persistence/counts/count-by.js';
import { PolicyPreviews } from '../persistence/policy-previews.js';
import { SigningTime } from '../signing/signing-time.js';
import { keepingItsEnd } from '../terms/keeping-its-end.js';
import { simulate } from './simulate.js';
import type { Simulation } from './simulate.js';

/**
 * What a proposed policy would have made of the last decisions on a split key, for its owner. Leaves no entry in the
 * record, since nothing comes of it; a metric counts.
 */
@Injectable()
export class SimulatePolicy {
  static readonly action = 'simulate-policy' satisfies Action;

  constructor(
    private readonly previews: PolicyPreviews,
    private readonly history: SigningHistory,
    private readonly time: SigningTime,
    private readonly metrics: Metrics,
  ) {}

  /**
   * @param last how many decisions, at most
   *
   * Throws `SPLIT_KEY.UNKNOWN`, also for the one to whom it is lent, and `MalformedPolicyError` where the policy and the
   * end that it keeps contradict each other.
   */
  execute(
    actor: TokenActor,
    clientId: ClientId,
    publicKey: PublicKeyHex,
    proposed: Policy,
    last: number,
  ): Promise<Simulation> {
    return this.metrics.evaluations.counting(
      'simulate',
      () => 'answered',
      async () => {
        const { share, isOwner } = await this.previews.find(actor, clientId, publicKey);
        if (!isOwner) throw unknownSplitKey();
        const policy = keepingItsEnd(proposed, share);
        const decisions = await this.history.newest(countedShare(share), last);
        return simulate(policy, scopesOf(policy), decisions.toReversed(), this.time.now().creationSkewSeconds);
      },
    );
  }
}
