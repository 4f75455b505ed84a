import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit/audit-trail.js';
import type { TokenActor } from '../../identity/actor.js';
import { Clock } from '../../clock/clock.js';
import type { PublicKeyHex } from '../../crypto/key-names.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { DomainError } from '../../errors/domain-error.js';
import type { UserId } from '../../identity/user-id.js';
import { assertUsable, unknownSplitKey } from '../domain/split-key.js';
import { SplitKeyRepository } from '../persistence/split-key.repository.js';

@Injectable()
export class ShareKey {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly splitKeys: SplitKeyRepository,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  /**
   * Lends a split key to one user; lending it again replaces the recipient.
   * Throws `SPLIT_KEY.UNKNOWN`, `.REVOKED`, `.EXPIRED` or `SHARE.TO_ONESELF`.
   */
  execute(actor: TokenActor, publicKey: PublicKeyHex, recipient: UserId): Promise<void> {
    return this.unitOfWork.write(async (transaction) => {
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
      await this.audit.approve(actor, 'share-key', subject, transaction);
    });
  }
}
