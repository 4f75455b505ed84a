import { Injectable } from '@nestjs/common';
import { Clock } from '../../clock/clock.js';
import type { Transaction } from '../../database/transaction.js';
import { EventBus } from '../../events/event-bus.js';
import type { UserId } from '../../identity/user-id.js';
import type { Policy } from '../../restrictions/policy/policy.js';
import { namesOf } from '../domain/server-share.js';
import type { ServerShare } from '../domain/server-share.js';
import { ServerShareRepository } from '../persistence/server-share.repository.js';
import { SharePolicies } from '../persistence/share-policies.js';

/** What a policy was, and what it is now. */
export interface PolicyChange {
  readonly before: Policy;
  readonly after: Policy;
}

/** Changes the terms of a split key where ZAuth is told to, in ZVault too if it made the split key. A step of use cases. */
@Injectable()
export class ChangeTerms {
  constructor(
    private readonly shares: ServerShareRepository,
    private readonly policies: SharePolicies,
    private readonly events: EventBus,
    private readonly clock: Clock,
  ) {}

  /** Throws `POLICY.UNREADABLE` when nobody can say what it is that would be changed, and whatever `change` throws. */
  async change(
    share: ServerShare,
    by: UserId,
    change: (before: Policy) => Policy,
    transaction: Transaction,
  ): Promise<PolicyChange> {
    const before = await this.policies.find(share, transaction);
    const after = change(before);
    await this.replace(share, by, after, transaction);
    return { before, after };
  }

  /** Whatever it was. */
  async replace(
    share: ServerShare,
    by: UserId,
    policy: Policy,
    transaction: Transaction,
    note?: string,
  ): Promise<number> {
    const authorship = { by, atMilliseconds: this.clock.nowMilliseconds(), note };
    const revision = await this.policies.replace(share, policy, authorship, transaction);
    await this.events.publish({ type: 'ServerShareTermsChanged', ...namesOf(share), change: { policy } }, transaction);
    return revision;
  }

  /** For good; the secret is overwritten. */
  async revoke(share: ServerShare, transaction: Transaction): Promise<void> {
    await this.shares.revoke(share.id, transaction);
    await this.events.publish({ type: 'ServerShareTermsChanged', ...namesOf(share), change: 'revoked' }, transaction);
  }
}
