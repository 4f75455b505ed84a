import { Injectable } from '@nestjs/common';
import type { Action } from '../../audit/action.js';
import { RecordedWork } from '../../audit/recorded-work.js';
import { Clock } from '../../clock/clock.js';
import type { ClientId, PublicKeyHex } from '../../crypto/key-names.js';
import type { Transaction } from '../../database/transaction.js';
import { DomainError } from '../../errors/domain-error.js';
import { expiredForGood } from '../../errors/split-key-errors.js';
import type { TokenActor } from '../../identity/actor.js';
import { raisedBy } from '../../restrictions/exposure/exposure-words.js';
import { MalformedPolicyError } from '../../restrictions/policy/malformed-policy-error.js';
import { policyHash } from '../../restrictions/policy/policy-json.js';
import type { Policy } from '../../restrictions/policy/policy.js';
import { endOf } from '../../restrictions/terms/terms.js';
import type { StoredPolicy } from '../../restrictions/terms/terms.js';
import type { ServerShare } from '../domain/server-share.js';
import { CountsBehind } from '../persistence/counts/count-by.js';
import { FindOwned } from '../persistence/find-owned.js';
import { ServerShareRepository } from '../persistence/server-share.repository.js';
import { SharePolicies } from '../persistence/share-policies.js';
import { ChangeTerms } from '../terms/change-terms.js';
import { CountFirst } from '../terms/count-first.js';
import { DescribePolicy } from '../terms/describe-policy.js';
import type { PolicyInForce } from '../terms/describe-policy.js';
import { keepingItsEnd } from '../terms/keeping-its-end.js';

/** What is to follow which revision. */
export interface ProposedPolicy {
  /** Without an end it keeps the present one; 0 is none. */
  readonly policy: Policy;
  readonly note: string | undefined;
  /** The revision that it is to follow, as the owner knows it; 0 is none that ever was. */
  readonly replaces: number;
}

/** A policy that has come into force. */
export interface ReplacedPolicy {
  readonly inForce: PolicyInForce;
  /** What it raises above the one before it, in words. */
  readonly raises: readonly string[];
}

@Injectable()
export class ReplacePolicy {
  static readonly action = 'replace-policy' satisfies Action;

  constructor(
    private readonly recorded: RecordedWork,
    private readonly findOwned: FindOwned,
    private readonly shares: ServerShareRepository,
    private readonly policies: SharePolicies,
    private readonly terms: ChangeTerms,
    private readonly countFirst: CountFirst,
    private readonly describe: DescribePolicy,
    private readonly clock: Clock,
  ) {}

  /**
   * Follows the policy of the caller's split key by another one in both halves, also one that cannot be read; the next
   * signature is decided by it. Throws `SPLIT_KEY.UNKNOWN`, `POLICY.REVISION_CHANGED` when another revision is in force,
   * `SPLIT_KEY.REVOKED`, `SPLIT_KEY.EXPIRED` when it has expired so long ago that its share is gone, `SPLIT_KEY.QUOTA`
   * when it would live again and there is no room, `MalformedPolicyError` for what could never hold, and
   * `WRITES.OVERLOADED` when more is signed with it than can be counted.
   */
  execute(
    actor: TokenActor,
    clientId: ClientId,
    publicKey: PublicKeyHex,
    proposed: ProposedPolicy,
  ): Promise<ReplacedPolicy> {
    const found: ServerShare[] = [];
    return this.countedFirst(found, proposed.policy, () =>
      this.replace(actor, { clientId, publicKey }, proposed, found),
    );
  }

  /**
   * Hardly any split key has signed more than a write can catch up with, and only who may replace its policy has that
   * counted: so it is tried without, first.
   */
  private async countedFirst<T>(found: readonly ServerShare[], policy: Policy, write: () => Promise<T>): Promise<T> {
    try {
      return await write();
    } catch (error) {
      const [share] = found;
      if (!(error instanceof CountsBehind) || share === undefined) throw error;
      return this.countFirst.beforeWriting(share, policy, write);
    }
  }

  /** Adds to `found` the one that is meant, as soon as it is known. Throws `CountsBehind` beside all else. */
  private replace(
    actor: TokenActor,
    { clientId, publicKey }: { readonly clientId: ClientId; readonly publicKey: PublicKeyHex },
    proposed: ProposedPolicy,
    found: ServerShare[],
  ): Promise<ReplacedPolicy> {
    return this.recorded.write(actor, ReplacePolicy.action, async (transaction) => {
      const share = await this.findOwned.byEitherKey(actor, clientId, publicKey, transaction);
      found.push(share);
      if (share.revision !== proposed.replaces) throw revisionChanged(share.revision);
      const policy = await this.policyAfter(share, proposed.policy, transaction);
      const before = await this.policies.stored(share, transaction);
      // Before what is counted changes.
      const exposure = this.describe.exposure(share, before, transaction);
      const revision = await this.terms.replace(share, actor.userId, policy, transaction, proposed.note);
      const inForce = await this.describe.inForce({ ...share, revision }, transaction);
      const facts = {
        policy: { before: hashOf(before), after: policyHash(policy) },
        policy_revision: revision,
        expires_at: { before: share.expiresAtSeconds, after: endOf(policy) },
      };
      const subject = { clientId, publicKeyHex: share.userPublicKeyHex, facts };
      return { result: { inForce, raises: raisedBy(exposure, inForce.exposure) }, subject };
    });
  }

  /** The proposed one with its end, if the split key may still have it. */
  private async policyAfter(share: ServerShare, proposed: Policy, transaction: Transaction): Promise<Policy> {
    if (share.isRevoked) throw new DomainError('SPLIT_KEY.REVOKED', 'the split key has been revoked');
    if (await this.shares.isErased(share.id, transaction)) throw expiredForGood();
    const policy = keepingItsEnd(proposed, share);
    const now = this.clock.nowSeconds();
    const isOver = (end: number): boolean => end !== 0 && end <= now;
    if (isOver(endOf(policy)) && endOf(policy) !== share.expiresAtSeconds) {
      throw new MalformedPolicyError('policy.expires_at', 'must be in the future, or 0');
    }
    const livesAgain = isOver(share.expiresAtSeconds) && !isOver(endOf(policy));
    if (livesAgain) await this.shares.assertRoomFor(share, now, transaction);
    return policy;
  }
}

function hashOf(policy: StoredPolicy): string | null {
  return policy === 'unreadable' ? null : policyHash(policy);
}

function revisionChanged(revision: number): DomainError {
  return new DomainError(
    'POLICY.REVISION_CHANGED',
    `If-Match: revision ${revision} of the policy is in force; read it, and say what is to follow that one`,
    { field: 'If-Match' },
  );
}
