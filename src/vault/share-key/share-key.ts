import { Injectable } from '@nestjs/common';
import type { Action } from '../../audit/action.js';
import { RecordedWork } from '../../audit/recorded-work.js';
import type { TokenActor } from '../../identity/actor.js';
import { Clock } from '../../clock/clock.js';
import type { PublicKeyHex } from '../../crypto/key-names.js';
import { DomainError } from '../../errors/domain-error.js';
import type { UserId } from '../../identity/user-id.js';
import { assertUsable, unknownSplitKey } from '../domain/split-key.js';
import { SplitKeyRepository } from '../persistence/split-key.repository.js';

@Injectable()
export class ShareKey {
  static readonly action = 'share-key' satisfies Action;

  constructor(
    private readonly recorded: RecordedWork,
    private readonly splitKeys: SplitKeyRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * Lends a split key to one user; lending it again replaces the recipient.
   * Throws `SPLIT_KEY.UNKNOWN`, `.REVOKED`, `.EXPIRED` or `SHARE.TO_ONESELF`.
   */
  execute(actor: TokenActor, publicKey: PublicKeyHex, recipient: UserId): Promise<void> {
    return this.recorded.write(actor, ShareKey.action, async (transaction) => {
      const splitKey = await this.splitKeys.find(actor.userId, publicKey, transaction);
      if (splitKey === undefined) throw unknownSplitKey();
      if (recipient === actor.userId) {
        throw new DomainError('SHARE.TO_ONESELF', 'target_user_id: a split key cannot be shared with its owner', {
          field: 'target_user_id',
        });
      }
      assertUsable(splitKey, this.clock.nowSeconds());
      await this.splitKeys.share(splitKey.id, recipient, transaction);
      const subject = { clientId: splitKey.clientId, publicKeyHex: splitKey.userPublicKeyHex };
      return { result: undefined, subject };
    });
  }
}
