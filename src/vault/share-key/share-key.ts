import { Inject, Injectable } from '@nestjs/common';
import type { Action } from '../../audit/action.js';
import { RecordedWork } from '../../audit/recorded-work.js';
import type { Alongside, Done } from '../../audit/recorded-work.js';
import type { TokenActor } from '../../identity/actor.js';
import { Clock } from '../../clock/clock.js';
import type { PublicKeyHex } from '../../crypto/key-names.js';
import type { Transaction } from '../../database/transaction.js';
import { DomainError } from '../../errors/domain-error.js';
import { unknownSplitKey } from '../../errors/split-key-errors.js';
import { EventBus } from '../../events/event-bus.js';
import type { UserId } from '../../identity/user-id.js';
import { SHARE_LIMITS } from '../injection-tokens.js';
import type { ShareLimits } from '../injection-tokens.js';
import { assertUsable, namesOf } from '../domain/split-key.js';
import type { SplitKey } from '../domain/split-key.js';
import { LentKeys } from '../persistence/lent-keys.js';
import { SplitKeyRepository } from '../persistence/split-key.repository.js';

/** What is lent to whom. */
export interface Loan {
  readonly publicKey: PublicKeyHex;
  readonly recipient: UserId;
  /** Whether another recipient is replaced. */
  readonly replaces: boolean;
}

@Injectable()
export class ShareKey {
  static readonly action = 'share-key' satisfies Action;

  constructor(
    private readonly recorded: RecordedWork,
    private readonly splitKeys: SplitKeyRepository,
    private readonly lent: LentKeys,
    private readonly events: EventBus,
    private readonly clock: Clock,
    @Inject(SHARE_LIMITS) private readonly limits: ShareLimits,
  ) {}

  /**
   * Lends a split key to one user; again to the same one changes nothing. Throws `SPLIT_KEY.UNKNOWN`, `.REVOKED`,
   * `.EXPIRED`, `SHARE.TO_ONESELF`, `SHARE.DECLINED`, `SHARE.TOO_MANY`, and `SHARE.ALREADY_SHARED` when it is lent to
   * another who is not to be replaced.
   */
  execute(
    actor: TokenActor,
    { publicKey, recipient, replaces }: Loan,
    alongside?: Alongside<SplitKey>,
  ): Promise<SplitKey> {
    const share = async (transaction: Transaction): Promise<Done<SplitKey>> => {
      const splitKey = await this.splitKeys.find(actor.userId, publicKey, transaction);
      if (splitKey === undefined) throw unknownSplitKey();
      if (recipient === actor.userId) {
        throw new DomainError('SHARE.TO_ONESELF', 'target_user_id: a split key cannot be shared with its owner', {
          field: 'target_user_id',
        });
      }
      assertUsable(splitKey, this.clock.nowSeconds());
      const { sharedTo: before } = splitKey;
      if (before !== undefined && before !== recipient && !replaces) throw alreadyShared();
      if (await this.lent.isDeclined(recipient, splitKey, transaction)) throw declined();
      if (before !== recipient) {
        await this.assertMayLend(actor.userId, recipient, transaction);
        await this.splitKeys.share(splitKey, recipient, this.clock.nowSeconds(), transaction);
        await this.events.publish({ type: 'SplitKeyLent', ...namesOf(splitKey), recipient }, transaction);
      }
      const facts = { recipient: { before: before ?? null, after: recipient } };
      const subject = { clientId: splitKey.clientId, publicKeyHex: splitKey.userPublicKeyHex, facts };
      return { result: { ...splitKey, sharedTo: recipient }, subject };
    };
    return this.recorded.write(actor, ShareKey.action, share, alongside);
  }

  /** Both limits are the sender's own: no stranger can use up what an honest one may share. */
  private async assertMayLend(ownerId: UserId, recipient: UserId, transaction: Transaction): Promise<void> {
    const { toOneRecipient, bySender } = this.limits;
    const isFull = async (to: UserId | 'anybody', most: number): Promise<boolean> =>
      most !== 0 && (await this.lent.count(ownerId, to, most, transaction)) >= most;
    if (await isFull(recipient, toOneRecipient)) throw tooMany('with this user');
    if (await isFull('anybody', bySender)) throw tooMany('by you');
  }
}

function declined(): DomainError {
  return new DomainError('SHARE.DECLINED', 'target_user_id: this user has declined it', { field: 'target_user_id' });
}

function tooMany(what: string): DomainError {
  return new DomainError('SHARE.TOO_MANY', `too many live split keys are shared ${what}; revoke some first`);
}

/** The first recipient keeps what they have seen, so it would be lent to two. */
function alreadyShared(): DomainError {
  return new DomainError(
    'SHARE.ALREADY_SHARED',
    'the split key is shared with another user, who may have kept its user share: make another one, or say replace',
  );
}
