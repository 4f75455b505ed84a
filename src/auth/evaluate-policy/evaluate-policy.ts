import { Inject, Injectable } from '@nestjs/common';
import type { Action } from '../../audit/action.js';
import type { TxnVerification } from '../../audit/audit-entry.js';
import type { ClientId, PublicKeyHex } from '../../crypto/key-names.js';
import { DomainError } from '../../errors/domain-error.js';
import type { TokenActor } from '../../identity/actor.js';
import { outcomeOf } from '../../metrics/evaluation-metrics.js';
import { Metrics } from '../../metrics/metrics.js';
import { raisedBy } from '../../restrictions/exposure/exposure-words.js';
import type { Facts } from '../../restrictions/facts/facts.js';
import type { Policy } from '../../restrictions/policy/policy.js';
import type { ServerShare } from '../domain/server-share.js';
import { TXN_VERIFICATION } from '../injection-tokens.js';
import { PolicyPreviews, TOO_MUCH } from '../persistence/policy-previews.js';
import { exposureOfNothing, foresee } from '../signing/foresee.js';
import type { Foreseen, Foresight, ForesightTime } from '../signing/foresee.js';
import { SigningJournal } from '../signing/signing-journal.js';
import { SigningTime } from '../signing/signing-time.js';
import { keepingItsEnd } from '../terms/keeping-its-end.js';

/** What is asked, and by which policy; undefined is the one in force. */
export interface AskedOfPolicy {
  readonly facts: Facts;
  readonly policy: Policy | undefined;
}

/**
 * What would be decided, for the owner of a split key or the one to whom it is lent: without the user share, and for the
 * owner also by a policy that is only proposed. Leaves no entry in the record, since nothing comes of it; a metric counts.
 */
@Injectable()
export class EvaluatePolicy {
  static readonly action = 'evaluate-policy' satisfies Action;
  readonly #hashesAreBelieved: boolean;

  constructor(
    private readonly previews: PolicyPreviews,
    private readonly journal: SigningJournal,
    private readonly time: SigningTime,
    private readonly metrics: Metrics,
    @Inject(TXN_VERIFICATION) txnVerification: TxnVerification,
  ) {
    this.#hashesAreBelieved = txnVerification === 'trust-hash';
  }

  /**
   * Throws `SPLIT_KEY.UNKNOWN`; what `foresee` refuses; `MalformedPolicyError` where the proposed policy and the end that it
   * keeps contradict each other, and `REQUEST.INVALID_FIELD` where somebody proposes one for another's split key, or too
   * much was signed to count it for an answer.
   */
  execute(actor: TokenActor, clientId: ClientId, publicKey: PublicKeyHex, asked: AskedOfPolicy): Promise<Foreseen> {
    return this.metrics.evaluations.counting('evaluate', outcomeOf, async () => {
      const { share, isOwner } = await this.previews.find(actor, clientId, publicKey);
      if (asked.policy !== undefined && !isOwner) throw notTheirs();
      const { foreseen, refusal } = await this.foresee(share, asked);
      if (refusal !== undefined) throw new DomainError(refusal.code, refusal.message);
      return foreseen;
    });
  }

  private async foresee(share: ServerShare, { facts, policy: proposed }: AskedOfPolicy): Promise<Foresight> {
    if (proposed === undefined) return this.journal.view(share, (view) => foresee(view, facts, this.now()));
    const policy = keepingItsEnd(proposed, share);
    const { now, present } = await this.journal.view(share, (view) => ({
      now: view,
      present: foresee(view, facts, this.now()).foreseen?.exposure ?? exposureOfNothing(this.now()),
    }));
    const standing = now.standing === undefined ? undefined : { ...now.standing, policy };
    const foresight = await this.previews.usage(share, policy, (usage) =>
      foresee({ standing, isErased: now.isErased, usage }, facts, this.now()),
    );
    if (foresight === TOO_MUCH) throw tooMuchSigned();
    const { foreseen } = foresight;
    if (foreseen === undefined) return foresight;
    return { foreseen: { ...foreseen, revision: undefined, raises: raisedBy(present, foreseen.exposure) } };
  }

  private now(): ForesightTime {
    return { moment: this.time.now(), hashesAreBelieved: this.#hashesAreBelieved };
  }
}

function notTheirs(): DomainError {
  const message = 'policy: only the owner of a split key may ask by another one';
  return new DomainError('REQUEST.INVALID_FIELD', message, { field: 'policy' });
}

function tooMuchSigned(): DomainError {
  const message =
    'policy: its limits count what nothing has counted yet, and too much was signed to do so for an answer; ' +
    'written, it would be counted';
  return new DomainError('REQUEST.INVALID_FIELD', message, { field: 'policy' });
}
