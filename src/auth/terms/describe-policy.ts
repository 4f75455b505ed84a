import { Inject, Injectable } from '@nestjs/common';
import type { TxnVerification } from '../../audit/audit-entry.js';
import { Clock } from '../../clock/clock.js';
import type { Transaction } from '../../database/transaction.js';
import { explainLimit } from '../../restrictions/explain.js';
import type { ExplainedLimit } from '../../restrictions/explain.js';
import { exposureOf } from '../../restrictions/exposure/exposure.js';
import type { Exposure } from '../../restrictions/exposure/exposure.js';
import { limitState } from '../../restrictions/limits/limit-state.js';
import { parsePolicy } from '../../restrictions/policy/parse-policy.js';
import type { Policy } from '../../restrictions/policy/policy.js';
import type { StoredPolicy } from '../../restrictions/terms/terms.js';
import { namesOf } from '../domain/server-share.js';
import type { ServerShare } from '../domain/server-share.js';
import { TXN_VERIFICATION } from '../injection-tokens.js';
import { ShownUsage } from '../persistence/counts/shown-usage.js';
import { revisionOf } from '../persistence/policy-revisions.js';
import type { PolicyRevision } from '../persistence/policy-revisions.js';
import { SharePolicies } from '../persistence/share-policies.js';

/** The policy by which the next signature is decided, and what it comes to. */
export interface PolicyInForce {
  readonly revision: PolicyRevision & { readonly policy: Policy };
  /** In the order of the policy's. */
  readonly limits: readonly ExplainedLimit[];
  readonly exposure: Exposure;
}

/** What signs nothing, as a split key does that is revoked, or whose policy cannot be read. */
const SIGNS_NOTHING = parsePolicy({ operations: [], messages: 'none' });

/** Says of a split key what it may sign, what of that it has used, and what it can still do at most. A step of use cases. */
@Injectable()
export class DescribePolicy {
  constructor(
    private readonly policies: SharePolicies,
    private readonly usage: ShownUsage,
    private readonly clock: Clock,
    @Inject(TXN_VERIFICATION) private readonly txnVerification: TxnVerification,
  ) {}

  /** Throws `POLICY.UNREADABLE`. */
  async inForce(share: ServerShare, transaction: Transaction): Promise<PolicyInForce> {
    const policy = await this.policies.find(share, transaction);
    const usage = this.usage.of(share, transaction);
    // Limits' time does not go back.
    const atMs = Math.max(this.clock.nowMilliseconds(), policy.limits === undefined ? 0 : usage.newestMs);
    const limits = (policy.limits ?? []).map((limit) =>
      explainLimit(limitState(limit, usage.counter(limit.scope), undefined, atMs)),
    );
    const kept = revisionOf(namesOf(share), share.revision, transaction);
    // What is in force is what both halves decide by, whatever has become of the copy among the revisions.
    return { revision: { ...kept, policy }, limits, exposure: this.exposure(share, policy, transaction) };
  }

  /** The most that the split key could still do by this policy, now that it counts what it counts. */
  exposure(share: ServerShare, policy: StoredPolicy, transaction: Transaction): Exposure {
    const signsNothing = share.isRevoked || policy === 'unreadable';
    return exposureOf(signsNothing ? SIGNS_NOTHING : policy, this.usage.of(share, transaction), {
      nowMs: this.clock.nowMilliseconds(),
      hashesAreBelieved: this.txnVerification === 'trust-hash',
    });
  }
}
